"""The records of the compiled engine: what `sim.engine.reference.state` holds in objects, in arrays.

References are numbers, -1 for none. Fields that the citizens table shows bear its columns' names.
"""

import numpy as np

from sim.engine.compiled.memory import accessor, series
from sim.engine.records import CITIZENS, COORDINATORS, EVENTS, WEEKLY
from sim.model.decisions import Of
from sim.model.names import DESTINATIONS
from sim.model.work import TASK_KINDS

Dtype = np.dtype[np.void]
FLOWS = 5 + len(DESTINATIONS)
"""Flows of a week and group, in the order of the weekly table: entries, exits ..., in, out, held, timely."""
WEEK_COUNTS = len(WEEKLY) - 2

_PERSON = "key ordinal counts:i4*" + str(len(Of))


def _dtype(*lines: str) -> Dtype:
    """Records from words: ``name`` is a whole number, ``name:f`` a float, ``name:?`` a flag, ``name:f*7`` seven."""
    kinds = {"i": "i8", "f": "f8", "?": "?", "i4": "i4"}
    fields: list[tuple[str, str] | tuple[str, str, tuple[int]]] = []
    for word in " ".join(lines).split():
        name, _, form = word.partition(":")
        kind, _, many = form.partition("*")
        code = kinds[kind or "i"]
        fields.append((name, code, (int(many),)) if many else (name, code))
    return np.dtype(fields, align=True)


NUMBER = _dtype("v:f")
WHOLE = _dtype("v")
FLAG = _dtype("v:?")
TAKEN = _dtype("count key")
DISTRIBUTION = _dtype("kind a:f b:f c:f values cumulative value_count cumulative_count mean:f")
GROUP = _dtype(
    "key:i*2 source stock inflow:f elapsed long_history_stock:f long_history_inflow:f frailty any_hazard:?",
    "meets:? meeting_interval first_meeting meeting_priority planned_meeting_hours_per_week:f",
    "calls:? contact_interval contact_hours contact_priority needs_stock:f needs_inflow:f recognised_stock:f",
    "team_outcomes team_outcomes_count ready_share:f placeable_share:f",
    "stays:? stay stay_elapsed_share:f stay_outcomes stay_outcomes_count arrived",
)
HAZARD = _dtype(
    "per_week:f long_history_factor:f frail:? meeting_size:f outreach_size:f lock_in:f after_internship:f",
    "small_job:f programmes levels first_stream",
    "response_form response_a:f response_reference:f response_x response_y response_count",
    "duration_form duration_shape:f duration_reference:f duration_low:f duration_high:f",
    "duration_x duration_y duration_count",
)
STREAM = _dtype("time height hazard level")
DEPARTMENT = _dtype(
    _PERSON,
    "weight:f pooled:? own_first_meeting:? first_meeting lead:f no_show:f reinvite fill_to:f",
    "fill_from_centre:? first_post posts first_consultant consultants unassigned turn citizens left_behind",
)
MEMBER = _dtype("post load:f")
OWN = _dtype("post")
COORDINATOR = _dtype(
    _PERSON,
    "number department member full_time_share:f hours_per_week:f starts:f delay ends:f queue",
    "first last load employed:? absent:? learning_until:f absence_weeks:f resigning:? post_cut:? bell:? phase",
    "credit:f credit_since:f case_hours:f doing task_kind doing_since:f list_since:f list_area:f employed_weeks:f",
    "absent_weeks:f hours:f*" + str(TASK_KINDS),
    "resignations citizen stage log_end held:? weeks:f",
)
CONSULTANT = _dtype("department full_time_share:f hours_per_week:f list_limit:f on_list bell:? citizen stage kind")
PROGRAMME = _dtype(
    "referral_share:f referral_key duration duration_key during:f after:f after_weeks:f by_results:? first_vendor",
    "vendors",
)
VENDOR = _dtype("places factor:f resource free participants successes")
CITIZEN = _dtype(
    # Read every week for all citizens, so side by side:
    "group stage waiting due:f case internship small_job_now:? programme cohort:?",
    "key ordinal number origin first_group birth_day placeable:? long_history:? needs:? needs_clarification:?",
    "frailty:f entry_weeks:f coordinator next previous came_from scheme_since:f",
    "met last_meeting:f last_length:f last_outreach:f packages_left consultant after_internship_until:f",
    "followed_up:? found:? programme_wanted last_programme vendor programmes_begun after_programme_until:f",
    "exit_weeks:f destination meetings_due meetings_held meetings_timely no_shows extra_meetings",
    "meeting_wait_weeks:f meeting_length:f contacts contact_wait_weeks:f recognised_weeks:f submitted_weeks:f",
    "decided_weeks:f decision resource_course_weeks:f ready_weeks:f internship_start_weeks:f internship_end_weeks:f",
    "internships small_job_weeks:f small_jobs programme_weeks:f programmes caseworker_changes",
    "counts:i4*" + str(len(Of)),
)
MOMENT = _dtype("time:f n")
TASK = _dtype("due:f joined:f priority queue child next previous")
QUEUE = _dtype("cases others real left_behind:? department waiting:i*" + str(TASK_KINDS))
LINE = _dtype("first last")
PLACE = _dtype("citizen stage kind next")
EVENT = _dtype("time:f rank serial stage met next")
STEP = _dtype("what citizen stage")
LOGGED = _dtype("citizen activity weeks:f resource value:f")
WEEK = _dtype("week group counts:i*" + str(WEEK_COUNTS))
PERIOD = _dtype("numbers:f*" + str(len(COORDINATORS)))
FLOW = _dtype("v:i*" + str(FLOWS))

ARRAYS: dict[str, Dtype] = {
    "numbers": NUMBER,
    "distributions": DISTRIBUTION,
    "groups": GROUP,
    "hazards": HAZARD,
    "streams": STREAM,
    "serves": FLAG,
    "admits": FLAG,
    "departments": DEPARTMENT,
    "members": MEMBER,
    "coordinators": COORDINATOR,
    "consultants": CONSULTANT,
    "own_consultants": OWN,
    "programmes": PROGRAMME,
    "vendors": VENDOR,
    "by_group": WHOLE,
    "taken": TAKEN,
    "queues": QUEUE,
    "lines": LINE,
    "flows": FLOW,
    "citizens": CITIZEN,
    "moments": MOMENT,
    "tasks": TASK,
    "places": PLACE,
    "events": EVENT,
    "due": WHOLE,
    "pages": WHOLE,
    "steps": STEP,
    "log": LOGGED,
    "weeks": WEEK,
    "periods": PERIOD,
}
"""All arrays by the name of the world's field that holds their address."""

ROOMS = ("citizens", "places", "events", "steps", "log")
"""Arrays whose need is not known beforehand: the world counts what was asked for beyond `room_...`."""

WORLD = _dtype(
    " ".join(ARRAYS),
    " ".join(f"room_{name}" for name in ROOMS),
    "full:? logging:? now:f end:f replication warm_up:f horizon period_weeks",
    "group_count department_count post_count consultant_count programme_count stream_count",
    "department_policy coordinator_policy centre_caseload:? reference_caseload:f first_consultant",
    "priorities:i*" + str(TASK_KINDS),
    "planned_hours:f*" + str(TASK_KINDS),
    "protected_share:f learning_weeks:f learning_productivity:f colleagues_cover:? successor_takes_list:?",
    "absence_per_year:f absence_elasticity:f absence_max_factor:f absence_duration",
    "turnover_per_year:f turnover_elasticity:f turnover_max_factor:f vacancy",
    "preparation conversation journal no_show_hours:f pressure tolerated_weeks:f calendar_share:f floor_share:f",
    "effect_decay:f handled_elsewhere:f extra_meetings:? extra_after:f extra_hours",
    "outreach:? outreach_every:f outreach_hours outreach_decay:f",
    "recognition_share:f packages package_hours document_wait target_weeks:f loss_share:f slots team_every:f",
    "submission resource_course_group",
    "three_in_one:? handover_hours placement_hours search give_up:f internship_duration follow_up_hours",
    "follows_up:? after_weeks:f hired_share:f small_job",
    "admitted present turn free_place used_places free_event used_events event_count due_count page",
    "pages_per_week:f serial last_step logged week_rows period_rows period period_from:f",
)

distribution_at = accessor(WORLD, "distributions", DISTRIBUTION)
numbers = series(WORLD, "numbers")
group_at = accessor(WORLD, "groups", GROUP)
hazard_at = accessor(WORLD, "hazards", HAZARD)
stream_at = accessor(WORLD, "streams", STREAM)
serves_at = accessor(WORLD, "serves", FLAG)
admits_at = accessor(WORLD, "admits", FLAG)
department_at = accessor(WORLD, "departments", DEPARTMENT)
member_at = accessor(WORLD, "members", MEMBER)
coordinator_at = accessor(WORLD, "coordinators", COORDINATOR)
consultant_at = accessor(WORLD, "consultants", CONSULTANT)
own_consultant_at = accessor(WORLD, "own_consultants", OWN)
programme_at = accessor(WORLD, "programmes", PROGRAMME)
vendor_at = accessor(WORLD, "vendors", VENDOR)
by_group_at = accessor(WORLD, "by_group", WHOLE)
taken_at = accessor(WORLD, "taken", TAKEN)
queue_at = accessor(WORLD, "queues", QUEUE)
line_at = accessor(WORLD, "lines", LINE)
flows_at = accessor(WORLD, "flows", FLOW)
citizen_at = accessor(WORLD, "citizens", CITIZEN)
moment_at = accessor(WORLD, "moments", MOMENT)
task_at = accessor(WORLD, "tasks", TASK)
place_at = accessor(WORLD, "places", PLACE)
event_at = accessor(WORLD, "events", EVENT)
due_at = accessor(WORLD, "due", WHOLE)
page_at = accessor(WORLD, "pages", WHOLE)
step_at = accessor(WORLD, "steps", STEP)
logged_at = accessor(WORLD, "log", LOGGED)
week_at = accessor(WORLD, "weeks", WEEK)
period_at = accessor(WORLD, "periods", PERIOD)

assert [c.name for c in EVENTS] == list(LOGGED.names or ())
assert {c.name for c in CITIZENS} - set(CITIZEN.names or ()) == {
    "citizen", "department", "group_at_end", "scheme_weeks", "weeks_on_benefit",
}  # fmt: skip
