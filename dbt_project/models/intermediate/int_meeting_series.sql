{#
  A meeting alone is a series when it has a number, or when its name says what kind of meeting it is one of.
#}
with members as (
    select
        clusters.cluster_id,
        members.*,
        count(*) over (partition by clusters.cluster_id) as n_meetings
    from {{ ref('int_series_clusters') }} as clusters
    inner join {{ ref('int_series_members') }} as members on clusters.meeting_id = members.meeting_id
)

select
    meeting_id,
    first_value('s' || meeting_id[2:]) over (
        partition by cluster_id
        order by coalesce(start_date, first_reported_date) nulls last, meeting_id
    ) as series_id,
    meeting_name,
    ordinal,
    kind,
    level,
    start_date,
    party_keys,
    n_meetings
from members
where n_meetings > 1 or ordinal is not null or len(name_stems) > 0
