"""Who comes to the API in the tests?"""

import pytest

from app import Application
from store.keys import Role
from tests.admin.desk_client import Holder, holder


@pytest.fixture
def admin(application: Application) -> Holder:
    return holder(application, Role.ADMIN, "Ada Admin")


@pytest.fixture
def editor(application: Application) -> Holder:
    return holder(application, Role.EDITOR, "Edith Editor")


@pytest.fixture
def viewer(application: Application) -> Holder:
    return holder(application, Role.VIEWER, "Vera Viewer")
