"""What may an application ask of the exchange by HTTP? The calls, conferences and queues of Twilio's REST API."""

from telephone.exchange.rest.api import Rest, RestRequest
from telephone.exchange.rest.faults import Fault, RestFault
from telephone.exchange.rest.server import serving

__all__ = ["Fault", "Rest", "RestFault", "RestRequest", "serving"]
