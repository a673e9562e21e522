"""Which elements and attributes does TwiML have, and what may stand in them?

One pattern per attribute; a value that does not match it in full is a warning, and Twilio goes on with the default.
Elements that Twilio has and this telephone does not run yet are listed as `UNTAUGHT`. (Twilio: voice/twiml)
"""

ANYTHING = r"(?s:.*)"
BOOL = r"true|false"
CALLBACK_EVENTS = r"(initiated|ringing|answered|completed)(\s+(initiated|ringing|answered|completed))*"
ROOM_EVENT = r"(start|end|join|leave|mute|hold|modify|speaker|announcement)"
ROOM_EVENTS = rf"{ROOM_EVENT}(\s+{ROOM_EVENT})*"
COUNT = r"[1-9]\d*"
METHOD = r"GET|POST"
WHOLE = r"\d+"
RECORD = r"do-not-record|true|false|record-from-(answer|ringing)(-dual)?"
SECONDS_5_TO_600 = r"[5-9]|[1-9]\d|[1-5]\d\d|600"

ATTRIBUTES: dict[str, dict[str, str]] = {
    "Response": {},
    "Say": {"voice": ANYTHING, "language": ANYTHING, "loop": WHOLE},
    "Play": {"loop": WHOLE, "digits": r"[0-9*#wW]+"},
    "Pause": {"length": WHOLE},
    "Gather": {
        "action": ANYTHING,
        "method": METHOD,
        "input": r"dtmf|speech|dtmf speech|speech dtmf",
        "timeout": WHOLE,
        "speechTimeout": r"auto|\d+",
        "numDigits": COUNT,
        "finishOnKey": r"[0-9#*]?",
        "actionOnEmptyResult": BOOL,
        "language": ANYTHING,
        "hints": ANYTHING,
        "partialResultCallback": ANYTHING,
        "partialResultCallbackMethod": METHOD,
        "profanityFilter": BOOL,
        "speechModel": ANYTHING,
        "enhanced": BOOL,
        "maxSpeechTime": WHOLE,
        "bargeIn": BOOL,
        "debug": BOOL,
    },
    "Dial": {
        "action": ANYTHING,
        "method": METHOD,
        "timeout": SECONDS_5_TO_600,
        "timeLimit": COUNT,
        "callerId": ANYTHING,
        "answerOnBridge": BOOL,
        "hangupOnStar": BOOL,
        "record": RECORD,
        "trim": r"trim-silence|do-not-trim",
        "recordingTrack": r"inbound|outbound|both",
        "recordingStatusCallback": ANYTHING,
        "recordingStatusCallbackMethod": METHOD,
        "recordingStatusCallbackEvent": ANYTHING,
        "recordingConfigurationId": ANYTHING,
        "ringTone": r"[a-z]{2}(-old)?|automatic",
        "sequential": BOOL,
        "callReason": ANYTHING,
        "referUrl": ANYTHING,
        "referMethod": METHOD,
        "events": ANYTHING,
        "passports": ANYTHING,
    },
    "Number": {
        "url": ANYTHING,
        "method": METHOD,
        "sendDigits": r"[0-9*#wW]+",
        "statusCallback": ANYTHING,
        "statusCallbackEvent": CALLBACK_EVENTS,
        "statusCallbackMethod": METHOD,
        "byoc": ANYTHING,
        "machineDetection": r"Enable|DetectMessageEnd",
        "machineDetectionTimeout": WHOLE,
        "machineDetectionSpeechThreshold": WHOLE,
        "machineDetectionSpeechEndThreshold": WHOLE,
        "machineDetectionSilenceTimeout": WHOLE,
        "amdStatusCallback": ANYTHING,
        "amdStatusCallbackMethod": METHOD,
    },
    "Conference": {
        "muted": BOOL,
        "beep": r"true|false|onEnter|onExit",
        "startConferenceOnEnter": BOOL,
        "endConferenceOnExit": BOOL,
        "participantLabel": r"(?s:.{1,128})",
        "jitterBufferSize": r"small|medium|large|off",
        "waitUrl": ANYTHING,
        "waitMethod": METHOD,
        "maxParticipants": r"[2-9]|[1-9]\d|1\d\d|2[0-4]\d|250",
        "record": r"do-not-record|record-from-start",
        "region": ANYTHING,
        "trim": r"trim-silence|do-not-trim",
        "coach": ANYTHING,
        "statusCallback": ANYTHING,
        "statusCallbackEvent": ROOM_EVENTS,
        "statusCallbackMethod": METHOD,
        "recordingStatusCallback": ANYTHING,
        "recordingStatusCallbackMethod": METHOD,
        "recordingStatusCallbackEvent": ANYTHING,
        "eventCallbackUrl": ANYTHING,
    },
    "Queue": {
        "url": ANYTHING,
        "method": METHOD,
        "reservationSid": ANYTHING,
        "postWorkActivitySid": ANYTHING,
    },
    "Enqueue": {
        "action": ANYTHING,
        "method": METHOD,
        "maxQueueSize": COUNT,
        "waitUrl": ANYTHING,
        "waitUrlMethod": METHOD,
        "workflowSid": ANYTHING,
    },
    "Leave": {},
    "Redirect": {"method": METHOD},
    "Hangup": {},
    "Reject": {"reason": r"rejected|busy"},
    "break": {"strength": r"none|x-weak|weak|medium|strong|x-strong", "time": r"\d+(\.\d+)?m?s"},
    "emphasis": {"level": r"strong|moderate|reduced"},
    "lang": {"xml:lang": ANYTHING},
    "p": {},
    "phoneme": {"alphabet": r"ipa|x-sampa|x-amazon-jyutping|x-amazon-pinyin", "ph": ANYTHING},
    "prosody": {"volume": ANYTHING, "rate": ANYTHING, "pitch": ANYTHING},
    "s": {},
    "say-as": {"interpret-as": ANYTHING, "format": ANYTHING, "role": ANYTHING},
    "sub": {"alias": ANYTHING},
    "w": {"role": ANYTHING},
}

SSML = frozenset({"break", "emphasis", "lang", "p", "phoneme", "prosody", "s", "say-as", "sub", "w"})

NESTS: dict[str, frozenset[str]] = {
    "Gather": frozenset({"Say", "Play", "Pause"}),
    "Dial": frozenset({"Number", "Conference", "Queue"}),
    "Say": SSML,
} | dict.fromkeys(("emphasis", "lang", "p", "prosody", "s", "w"), SSML)
"""What may stand inside what; elsewhere nothing may. The Response takes the verbs of its context."""

MISPLACED: dict[str, int] = {"Gather": 13320}
"""The warning for a wrong child; 12200 elsewhere."""

UNTAUGHT = frozenset(
    {
        "Application",
        "Client",
        "Connect",
        "Echo",
        "Pay",
        "Prompt",
        "Record",
        "Refer",
        "Siprec",
        "Sim",
        "Sip",
        "Sms",
        "Start",
        "Stop",
        "Stream",
        "Transcription",
        "WhatsApp",
    }
)
