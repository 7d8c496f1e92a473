{#
  Meetings that can be one of a series: those with a name or a number.
#}
select
    meetings.meeting_id,
    meetings.meeting_name,
    meetings.ordinal,
    meetings.kind,
    meetings.level,
    meetings.start_date,
    meetings.first_reported_date,
    list_sort(
        list_distinct(
            list_transform(
                meetings.parties, lambda party: coalesce(equivalents.by_party[party], party)
            )
        )
    ) as party_keys,
    coalesce(stems.name_stems, []) as name_stems
from {{ ref('int_meetings') }} as meetings
cross join (
    select map_from_entries(list((party, compared_as))) as by_party from {{ ref('party_equivalents') }}
) as equivalents
left join (
    select
        members.meeting_id,
        mentions.meeting_name,
        min(mentions.name_stems) as name_stems
    from {{ ref('int_meeting_members') }} as members
    inner join {{ ref('int_meeting_mentions') }} as mentions
        on members.meeting_mention_id = mentions.meeting_mention_id
    group by members.meeting_id, mentions.meeting_name
) as stems
    on meetings.meeting_id = stems.meeting_id and meetings.meeting_name = stems.meeting_name
where meetings.meeting_name is not null or meetings.ordinal is not null
