"""Keys: shown once, revoked at once."""

from tests.admin.desk_client import Holder, codes


def test_a_key_is_shown_in_the_reply_that_makes_it_and_never_again(admin: Holder) -> None:
    made = admin.sends("POST", "/keys", {"name": "Rota import", "role": "editor", "why": "for the rota"})
    assert made.status_code == 201
    secret = made.get_json()["key"]
    assert secret.startswith("dl_")
    assert secret not in admin.asks("/keys").get_data(as_text=True)
    assert [key["name"] for key in admin.asks("/keys?q=rota").get_json()["items"]] == ["Rota import"]
    assert admin.asks("/audit?limit=1").get_json()["items"][0]["why"] == "for the rota"


def test_a_key_needs_a_name_and_a_role_that_exists(admin: Holder) -> None:
    assert codes(admin.sends("POST", "/keys", {})) == {"name": "missing", "role": "missing"}
    assert codes(admin.sends("POST", "/keys", {"name": "x", "role": "king"})) == {"role": "choice"}


def test_a_key_is_revoked_once(admin: Holder) -> None:
    made = admin.sends("POST", "/keys", {"name": "x", "role": "viewer"})
    assert admin.sends("DELETE", f"/keys/{made.get_json()['id']}").status_code == 204
    assert admin.sends("DELETE", f"/keys/{made.get_json()['id']}").status_code == 404
