"""What happens when several write at the same moment?"""

from concurrent.futures import ThreadPoolExecutor

from admin.writing import ATTEMPTS
from app import Application
from store.keys import Role
from tests.admin.desk_client import holder

NEW = {"name": "Ottoline Sampleford", "team": "devon-ir-north", "extension": "2399"}


def test_of_several_who_want_the_same_extension_one_gets_it(application: Application) -> None:
    editors = [holder(application, Role.EDITOR) for _ in range(ATTEMPTS)]
    with ThreadPoolExecutor(ATTEMPTS) as crowd:
        statuses = list(crowd.map(lambda editor: editor.sends("POST", "/people", NEW).status_code, editors))
    assert sorted(statuses) == [201, *[422] * (ATTEMPTS - 1)]


def test_of_several_who_change_the_same_version_one_succeeds(application: Application) -> None:
    editors = [holder(application, Role.EDITOR) for _ in range(ATTEMPTS)]
    with ThreadPoolExecutor(ATTEMPTS) as crowd:
        replies = crowd.map(
            lambda editor: editor.sends("PATCH", "/teams/devon-ir-north", {"area": editor.key}, If_Match='"v1"'),
            editors,
        )
        statuses = sorted(reply.status_code for reply in replies)
    assert statuses == [200, *[412] * (ATTEMPTS - 1)]
    assert editors[0].asks("/teams/devon-ir-north").get_json()["version"] == 2
