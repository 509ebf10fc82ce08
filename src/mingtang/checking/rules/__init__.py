"""Every rule of checking but the sums: one file each, listed here by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.checking.rules.contact_missing import contact_missing
from mingtang.checking.rules.deadline_missed import deadline_missed
from mingtang.checking.rules.deadline_missed_if_department import (
    deadline_missed_if_department,
)
from mingtang.checking.rules.disclosure_cells_unfilled import disclosure_cells_unfilled
from mingtang.checking.rules.disclosure_figure_impossible import (
    disclosure_figure_impossible,
)
from mingtang.checking.rules.dispute_cells_unfilled import dispute_cells_unfilled
from mingtang.checking.rules.dispute_count_impossible import dispute_count_impossible
from mingtang.checking.rules.disputes_exceed_requests import disputes_exceed_requests
from mingtang.checking.rules.disputes_without_requests import disputes_without_requests
from mingtang.checking.rules.enforcer_without_penalties import enforcer_without_penalties
from mingtang.checking.rules.fee_report_incomplete import fee_report_incomplete
from mingtang.checking.rules.fee_report_missing import fee_report_missing
from mingtang.checking.rules.fee_unit_slipped import fee_unit_slipped
from mingtang.checking.rules.figure_left_out import figure_left_out
from mingtang.checking.rules.government_assessment_unreported import (
    government_assessment_unreported,
)
from mingtang.checking.rules.heading_misnumbered import heading_misnumbered
from mingtang.checking.rules.heading_missing import heading_missing
from mingtang.checking.rules.heading_reworded import heading_reworded
from mingtang.checking.rules.heading_unnumbered import heading_unnumbered
from mingtang.checking.rules.headings_out_of_order import headings_out_of_order
from mingtang.checking.rules.identity_number_exposed import identity_number_exposed
from mingtang.checking.rules.improvement_section_empty import improvement_section_empty
from mingtang.checking.rules.improvement_section_one_sided import (
    improvement_section_one_sided,
)
from mingtang.checking.rules.in_force_below_issued import in_force_below_issued
from mingtang.checking.rules.level_mark_irregular import level_mark_irregular
from mingtang.checking.rules.misprint_in_text import misprint_in_text
from mingtang.checking.rules.mobile_number_exposed import mobile_number_exposed
from mingtang.checking.rules.numbering_restarted import numbering_restarted
from mingtang.checking.rules.other_handling_large import other_handling_large
from mingtang.checking.rules.overview_overlong import overview_overlong
from mingtang.checking.rules.overview_topic_missing import overview_topic_missing
from mingtang.checking.rules.page_of_several import page_of_several
from mingtang.checking.rules.part_unforeseen import part_unforeseen
from mingtang.checking.rules.period_not_calendar_year import period_not_calendar_year
from mingtang.checking.rules.period_year_differs import period_year_differs
from mingtang.checking.rules.plan_names_past_year import plan_names_past_year
from mingtang.checking.rules.preface_inside_overview import preface_inside_overview
from mingtang.checking.rules.preface_list_differs import preface_list_differs
from mingtang.checking.rules.punctuation_half_width import punctuation_half_width
from mingtang.checking.rules.quotation_marks_dropped import quotation_marks_dropped
from mingtang.checking.rules.refusals_under_one_ground import refusals_under_one_ground
from mingtang.checking.rules.regulation_without_power import regulation_without_power
from mingtang.checking.rules.request_cells_unfilled import request_cells_unfilled
from mingtang.checking.rules.request_count_impossible import request_count_impossible
from mingtang.checking.rules.request_units_mixed import request_units_mixed
from mingtang.checking.rules.sentence_broken_off import sentence_broken_off
from mingtang.checking.rules.signing_body_differs import signing_body_differs
from mingtang.checking.rules.signing_body_missing import signing_body_missing
from mingtang.checking.rules.signing_date_impossible import signing_date_impossible
from mingtang.checking.rules.signing_date_missing import signing_date_missing
from mingtang.checking.rules.signing_date_outside_next_year import (
    signing_date_outside_next_year,
)
from mingtang.checking.rules.subheading_number_repeated import subheading_number_repeated
from mingtang.checking.rules.table_missing import table_missing
from mingtang.checking.rules.title_body_shortened import title_body_shortened
from mingtang.checking.rules.title_missing import title_missing
from mingtang.checking.rules.title_reworded import title_reworded
from mingtang.checking.rules.title_spaced import title_spaced
from mingtang.checking.rules.unpaid_without_notice import unpaid_without_notice
from mingtang.checking.rules.word_residue import word_residue

if TYPE_CHECKING:
    from mingtang.checking.rule import Check

CHECKS: tuple[Check, ...] = (
    heading_missing,
    heading_unnumbered,
    heading_misnumbered,
    headings_out_of_order,
    heading_reworded,
    numbering_restarted,
    overview_topic_missing,
    subheading_number_repeated,
    level_mark_irregular,
    table_missing,
    part_unforeseen,
    preface_list_differs,
    improvement_section_empty,
    improvement_section_one_sided,
    overview_overlong,
    government_assessment_unreported,
    preface_inside_overview,
    page_of_several,
    title_missing,
    title_reworded,
    title_body_shortened,
    period_year_differs,
    period_not_calendar_year,
    signing_body_differs,
    signing_body_missing,
    signing_date_missing,
    signing_date_outside_next_year,
    plan_names_past_year,
    contact_missing,
    signing_date_impossible,
    misprint_in_text,
    sentence_broken_off,
    punctuation_half_width,
    title_spaced,
    request_units_mixed,
    word_residue,
    identity_number_exposed,
    mobile_number_exposed,
    quotation_marks_dropped,
    figure_left_out,
    fee_report_missing,
    fee_report_incomplete,
    deadline_missed,
    deadline_missed_if_department,
    disclosure_figure_impossible,
    fee_unit_slipped,
    regulation_without_power,
    enforcer_without_penalties,
    in_force_below_issued,
    disclosure_cells_unfilled,
    request_cells_unfilled,
    request_count_impossible,
    refusals_under_one_ground,
    other_handling_large,
    unpaid_without_notice,
    disputes_without_requests,
    dispute_cells_unfilled,
    dispute_count_impossible,
    disputes_exceed_requests,
)
"""The rules in the order of their codes."""
