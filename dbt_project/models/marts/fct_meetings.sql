with participants as (
    select
        meeting_id,
        count(*) as n_participants
    from {{ ref('int_meeting_participants') }}
    group by meeting_id
)

select
    meetings.meeting_id,
    meetings.meeting_name,
    meetings.status,
    meetings.mode,
    meetings.format,
    meetings.kind,
    meetings.level,
    meetings.start_date,
    meetings.end_date,
    meetings.start_date_text,
    meetings.end_date_text,
    meetings.date_precision,
    meetings.date_conflict is not null as has_date_conflict,
    meetings.date_conflict,
    meetings.place,
    places.place_id,
    meetings.country_code,
    series.series_id,
    meetings.ordinal,
    meetings.parties,
    cast(len(meetings.parties) as bigint) as n_parties,
    coalesce(participants.n_participants, 0) as n_participants,
    meetings.is_background_only,
    meetings.n_articles,
    meetings.n_sources,
    meetings.evidence_article_id,
    meetings.evidence_char_start,
    meetings.evidence_char_end,
    meetings.evidence,
    meetings.confidence,
    coalesce(meetings.plover_code, codes.plover_code) as plover_code,
    meetings.first_reported_date,
    meetings.first_seen_at
from {{ ref('int_meetings') }} as meetings
left join participants on meetings.meeting_id = participants.meeting_id
left join {{ ref('int_meeting_places') }} as places on meetings.meeting_id = places.meeting_id
left join {{ ref('int_meeting_series') }} as series on meetings.meeting_id = series.meeting_id
left join {{ ref('plover_defaults') }} as codes
    on codes.fact_type = 'meeting' and meetings.status = codes.kind
