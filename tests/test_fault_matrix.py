"""Each fault that a network, a platform or a user is known to bring about, and the test that shows what then holds.

A test is named as `folder/file::test`, below tests/. What is not shown here says why.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass

import pytest


@dataclass(frozen=True)
class Row:
    """A fault, the tests that lead through it, and what of it is not shown."""

    fault: str
    tests: tuple[str, ...] = ()
    not_shown: str = ""


FAULTS = "lifecycle/test_faults"
ODD = "lifecycle/test_odd_answers"
MAKING = "resources/test_idempotency"
RETRY = "transport/test_retry"
TOKENS = "transport/test_tokens"
PROBLEMS = "transport/test_problems"
CONNECTION = "transport/test_connection"
CLIENT = "lifecycle/test_client"
ADOPTING = "lifecycle/test_adopting"
LISTS = "clients/asgardeo/test_lists"
SOAK = "soak/test_soak::test_one_run_after_a_fault_puts_everything_right"
LIVES = "stateful/test_stateful::test_one_refresh_and_one_up_put_everything_right"

MATRIX: dict[str, Row] = {
    "F1": Row(
        "a creation's answer is lost after it was carried out",
        (f"{FAULTS}::test_a_creation_survives_or_undoes_a_fault_at_every_request",),
    ),
    "F2": Row(
        "a creation is carried out after its client has given up",
        (f"{MAKING}::test_a_request_that_was_carried_out_late_is_recognised_by_the_conflict",),
        "not against the sandbox: it would take the thirty seconds of a request",
    ),
    "F3": Row(
        "500, 502, 503 or 504 to a creation, carried out or not",
        (
            f"{ODD}::test_a_creation_that_a_server_fails_to_carry_out_is_made_once",
            f"{FAULTS}::test_a_creation_survives_or_undoes_a_fault_at_every_request",
            SOAK,
        ),
    ),
    "F4": Row(
        "made, and its secret cannot be read",
        (f"{FAULTS}::test_a_creation_survives_or_undoes_a_fault_at_every_request",),
    ),
    "F5": Row(
        "made, and the second of its authorizations is forbidden",
        (f"{ODD}::test_a_right_that_is_missing_half_way_takes_back_what_was_made",),
    ),
    "F6": Row(
        "what was half made cannot be taken back",
        (
            f"{ODD}::test_what_cannot_be_taken_back_is_named_and_can_be_adopted",
            f"{MAKING}::test_what_cannot_be_taken_back_is_named_with_the_cause",
        ),
    ),
    "F7": Row(
        "the engine was killed between a creation and its answer",
        (
            f"{ADOPTING}::test_without_the_option_the_error_names_object_id_and_option",
            f"{ADOPTING}::test_what_is_as_declared_is_taken_over_without_a_change",
            "soak/test_deaths::test_the_next_up_names_what_a_killed_process_left_and_adopts_it",
            "engines/test_child_guard::test_children_end_with_a_killed_engine",
        ),
        "nothing is taken over silently: the next up names the object and its id, and finishes with adopt=True",
    ),
    "F8": Row(
        "the unique key is somebody else's",
        (
            f"{ADOPTING}::test_without_the_option_the_error_names_object_id_and_option",
            f"{ADOPTING}::test_what_belongs_to_the_system_is_not_taken_over",
        ),
    ),
    "F9": Row("deleted by hand", (LIVES, f"{ODD}::test_what_is_gone_is_deleted_twice_and_updated_never")),
    "F10": Row(
        "edited by hand, field by field",
        (
            "programs/test_every_input::test_inputs_that_change_in_place",
            "lifecycle/test_secrets::test_what_was_set_by_hand_and_not_declared_survives",
            LIVES,
        ),
    ),
    "F11": Row(
        "another order, unknown fields, null for an empty list",
        (f"{LISTS}::test_another_order_more_fields_and_null_for_nothing_are_no_difference",),
    ),
    "F12": Row(
        "429 with every kind of Retry-After, and without",
        (
            f"{RETRY}::test_a_platform_that_says_how_long_to_wait_is_waited_for_so_long",
            f"{RETRY}::test_a_platform_may_name_the_moment_to_come_back",
            f"{RETRY}::test_a_wait_that_nobody_understands_is_our_own",
            f"{RETRY}::test_a_wait_beyond_all_bounds_ends_the_operation_at_once",
        ),
    ),
    "F13": Row(
        "a token that ends early or is revoked, met by four threads",
        (
            f"{TOKENS}::test_four_threads_fetch_one_token",
            f"{TOKENS}::test_a_token_that_is_refused_is_renewed_once_for_all_threads",
        ),
    ),
    "F14": Row(
        "a token endpoint that refuses, stumbles or answers something else",
        (
            f"{TOKENS}::test_a_refused_sign_in_is_one_line_without_the_secret",
            f"{TOKENS}::test_a_token_endpoint_that_stumbles_is_asked_again",
            f"{TOKENS}::test_an_answer_without_a_token_is_no_token",
        ),
    ),
    "F15": Row(
        "another organisation, another host, a captive portal",
        (
            f"{PROBLEMS}::test_what_is_no_answer_of_the_api_is_called_so",
            f"{ODD}::test_whatever_is_answered_to_a_refresh_nothing_is_gone",
            "cli/test_doctor::test_a_wrong_setting_is_found",
        ),
    ),
    "F16": Row(
        "a scope is missing",
        (
            f"{TOKENS}::test_a_missing_scope_is_told_before_anything_is_sent",
            "cli/test_doctor::test_a_missing_scope_comes_with_where_to_grant_it",
            f"{ODD}::test_a_right_that_is_missing_half_way_takes_back_what_was_made",
        ),
    ),
    "F17": Row(
        "pages: the third, one that shrinks meanwhile, links in a circle",
        (
            f"{LISTS}::test_what_is_on_the_last_page_is_found",
            f"{LISTS}::test_links_that_lead_in_a_circle_are_left",
            f"{LISTS}::test_an_object_that_goes_while_pages_are_read_ends_the_list",
        ),
    ),
    "F18": Row(
        "a filter that finds near matches",
        (
            f"{LISTS}::test_a_near_match_is_no_match",
            "programs/test_tenants::test_what_does_not_exist_is_an_error_that_says_what_does",
        ),
    ),
    "F19": Row(
        "a reader behind the writer; a key manager that is not loaded yet",
        (
            f"{ODD}::test_an_application_that_the_server_does_not_know_of_yet_is_waited_for",
            f"{CLIENT}::test_a_key_manager_that_is_still_loading_is_waited_for",
        ),
    ),
    "F20": Row(
        "two resources that write one application",
        (),
        "there are none: authorizations are part of the application's own resource, whose steps are one after another",
    ),
    "F21": Row(
        "the client stands for another application already",
        (f"{CLIENT}::test_a_client_that_stands_for_another_application_is_refused_and_leaves_nothing",),
    ),
    "F22": Row(
        "no external key manager",
        (
            f"{CLIENT}::test_what_is_missing_is_an_error_that_says_where_to_look",
            "programs/test_guide::test_a_failure_is_one_line_and_the_next_up_finishes",
        ),
    ),
    "F23": Row(
        "the mapping was removed by hand",
        (f"{CLIENT}::test_a_missing_mapping_is_mapped_again_and_a_wrong_one_replaced",),
    ),
    "F24": Row(
        "the secret was rotated by hand", (f"{ODD}::test_a_secret_that_was_rotated_by_hand_shows_after_a_refresh",)
    ),
    "F25": Row("a rotation's answer is lost", (f"{ODD}::test_a_rotation_whose_answer_is_lost_is_not_made_twice",)),
    "F26": Row(
        "certificates that are not trusted, an authority of one's own",
        (
            f"{CONNECTION}::test_a_certificate_of_another_authority_is_refused_at_once",
            f"{CONNECTION}::test_an_authority_can_be_named",
        ),
        "a proxy is left to the transport's library",
    ),
    "F27": Row("a redirect to another host", (f"{PROBLEMS}::test_a_redirect_is_not_followed",)),
    "F28": Row(
        "bodies without end, that drip, that are damaged, that are of another shape",
        (
            f"{PROBLEMS}::test_an_answer_that_never_ends_is_cut_off",
            f"{PROBLEMS}::test_an_answer_that_is_damaged_is_not_called_too_large",
            f"{RETRY}::test_an_answer_that_drips_is_a_lost_one",
            f"{ODD}::test_whatever_is_answered_to_a_creation_a_failure_is_one_line",
        ),
    ),
    "F29": Row(
        "a secret in a log, an error, a repr, a pickle, a state, the ledger",
        ("lifecycle/test_secrets::test_nothing_that_is_kept_printed_or_logged_holds_a_secret",),
    ),
    "F30": Row(
        "unknown values at every depth",
        (
            "resources/test_right_inputs::test_unknown_values_pass_at_every_depth",
            "resources/test_right_inputs::test_a_preview_does_not_threaten_to_replace_for_what_is_unknown",
            "resources/test_check::test_check_never_raises_and_is_done_after_one_time",
        ),
    ),
    "F31": Row(
        "a state of an earlier release",
        ("sdk/test_payload::test_the_payload_is_frozen_and_loads_whatever_is_installed",),
        "there is no earlier release yet",
    ),
    "F32": Row(
        "an application is replaced while a client depends on it",
        ("programs/test_guide::test_an_edit_of_the_application_threatens_the_client_with_no_replacement",),
    ),
    "F33": Row(
        "destroy: already gone, twice, without rights",
        (
            f"{ODD}::test_what_is_gone_is_deleted_twice_and_updated_never",
            f"{ODD}::test_a_destroy_that_may_not_keeps_the_object_and_says_so",
            LIVES,
        ),
    ),
    "F34": Row(
        "the clock is wrong or is changed",
        (f"{TOKENS}::test_a_token_is_renewed_shortly_before_it_ends",),
        "time is monotonic throughout, so there is no clock to be wrong",
    ),
    "F35": Row(
        "ten thousand resources",
        ("sdk/test_payload::test_a_pickled_provider_is_no_more_than_its_name",),
        "not tried at that size: what breaks others is a pickle that grows, and ours is a constant",
    ),
    "F36": Row(
        "threads that share a client; an interrupt",
        (
            f"{TOKENS}::test_four_threads_fetch_one_token",
            "cli/test_ending::test_a_rehearsal_ends_its_program_its_provider_and_its_sandbox",
            "engines/test_child_guard::test_an_interrupted_create_is_finished_and_recorded",
        ),
    ),
}


def test_the_matrix_has_every_fault() -> None:
    """And for each a test, or the reason why there is none."""
    assert list(MATRIX) == [f"F{number}" for number in range(1, 37)]
    assert [fault for fault, row in MATRIX.items() if not row.tests and not row.not_shown] == []


@pytest.mark.parametrize("fault", MATRIX)
def test_what_the_matrix_names_is_there(fault: str) -> None:
    """A test that was renamed or dropped is missed here."""
    for name in MATRIX[fault].tests:
        module, _, test = name.partition("::")
        found = getattr(importlib.import_module(f"tests.{module.replace('/', '.')}"), test, None)
        assert callable(found), name
