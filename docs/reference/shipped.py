"""The configs and experiments that come with the program; whatever else lies in their folders is the user's own."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CONFIGS = ROOT / "configs"
EXPERIMENTS = ROOT / "experiments"
POSTERIOR = EXPERIMENTS / "posteriors" / "control_arm.parquet"
"""Draws of the shipped calibration."""

SHIPPED_CONFIGS = tuple(
    CONFIGS / f"{name}.toml"
    for name in (
        "130_per_worker",
        "200_per_worker",
        "50_per_worker",
        "agreement",
        "agreement_17",
        "agreement_most_free",
        "agreement_placements_first",
        "bif",
        "bif_rollout_50",
        "bif_rollout_50_consultants",
        "bif_rollout_80",
        "bif_rollout_80_consultants",
        "hjoerring",
        "hjoerring_screening",
        "hjoerring_spread",
        "hoeje_taastrup",
        "hoeje_taastrup_both",
        "hoeje_taastrup_market",
        "hoeje_taastrup_staff",
        "jka",
        "jka_partial_return",
        "jka_partial_return_first_meeting",
        "jka_partial_return_pilot",
        "jka_partial_return_pilot_more",
        "jka_sick_pay_pilot",
        "jka_sick_pay_pilot_45",
        "jki",
        "jki_base",
        "jki_pilot",
        "jki_pilot_filled",
        "jki_reallocation",
        "jki_rollout_126",
        "jki_rollout_200",
        "jki_rollout_90",
        "jki_rollout_90_consultants",
        "jki_task_force",
        "jki_task_force_8",
        "jki_task_force_search",
        "jki_task_force_team",
        "job_seekers",
        "roedovre",
        "roedovre_no_better_results",
        "roedovre_only_cut",
        "roedovre_reorganised",
        "silkeborg",
        "silkeborg_40",
        "three_in_one",
        "three_in_one_separate",
        "three_in_one_trial",
        "three_in_one_trial_staff",
        "trial",
        "trial_none",
    )
)
"""The configs, in the order in which the documentation lists them."""
SHIPPED_EXPERIMENTS = tuple(
    EXPERIMENTS / f"{name}.toml"
    for name in (
        "absence_and_turnover",
        "caseload_by_elasticity",
        "caseload_ladder",
        "concentrate_or_spread",
        "consultants_caseload",
        "published_studies",
        "team_slots_by_caseload",
    )
)
"""The experiments, likewise."""
SHIPPED_STUDIES = tuple(
    EXPERIMENTS / f"{name}.toml"
    for name in (
        "calibrate_control_arm",
        "sensitivity_50",
        "sensitivity_administration_80",
        "sensitivity_pilot",
        "sensitivity_sick_pay",
    )
)
"""The files of calibrations and sensitivity studies, likewise."""
