with members as (
    select * from {{ ref('int_meeting_series') }}
),

series_parties as (
    select
        series_id,
        unnest(party_keys) as party_key
    from members
),

parties as (
    select
        series_id,
        list_sort(list(distinct party_key)) as parties
    from series_parties
    group by series_id
)

select
    members.series_id,
    -- The name of the best told round, without its number.
    trim(
        regexp_replace(
            coalesce(
                arg_max(members.meeting_name, (length(members.meeting_name), members.meeting_name)),
                'meetings of ' || array_to_string(any_value(parties.parties), ', ')
            ),
            '^(the )?((first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|'
            || '[0-9]+(st|nd|rd|th)) )?',
            '',
            'i'
        )
    ) as series_name,
    coalesce(any_value(parties.parties), []) as parties,
    mode(members.kind order by members.kind) as kind,
    mode(members.level order by members.level) as level,
    count(*) as n_meetings,
    max(members.ordinal) as last_ordinal,
    min(members.start_date) as first_meeting_date,
    max(members.start_date) as last_meeting_date
from members
left join parties on members.series_id = parties.series_id
group by members.series_id
