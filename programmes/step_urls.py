"""One's second step, proving oneself, and where one is signed in: below /account/."""

from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkeys
from django.urls import path

from . import step_views
from .proofs import only_fresh

urlpatterns = [
    path("second-step/", step_views.second_step, name="mfa_index"),
    path("second-step/app/", only_fresh(app.activate_totp), name="mfa_activate_totp"),
    path("second-step/app/off/", only_fresh(app.deactivate_totp), name="mfa_deactivate_totp"),
    path("second-step/passkeys/", step_views.second_step, name="mfa_list_webauthn"),
    path("second-step/passkeys/add/", only_fresh(passkeys.add_webauthn), name="mfa_add_webauthn"),
    path(
        "second-step/passkeys/<int:pk>/off/",
        only_fresh(passkeys.remove_webauthn),
        name="mfa_remove_webauthn",
    ),
    path(
        "second-step/codes/",
        only_fresh(codes.view_recovery_codes),
        name="mfa_view_recovery_codes",
    ),
    path(
        "second-step/codes/new/",
        only_fresh(codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path("prove/", step_views.prove, name="account_reauthenticate"),
    path("signed-in/", step_views.signed_in, name="signed-in"),
    path("signed-in/<str:key>/end/", step_views.sign_out_there, name="sign-out-there"),
]
