{#
  A statement as one current article tells it, with what it is compared by: the words of its content.
#}
with equivalents as (
    select map_from_entries(list((party, compared_as))) as by_party from {{ ref('party_equivalents') }}
)

select
    mentions.*,
    row_number() over (
        partition by mentions.article_id, mentions.char_start, mentions.char_end
        order by mentions.statement_mention_id
    ) as mention_no,
    list_sort(
        list_distinct(
            list_transform(mentions.speakers, lambda party: coalesce(equivalents.by_party[party], party))
        )
    ) as speaker_keys,
    {{ words('mentions.content') }} as content_words,
    members.meeting_id,
    versions.article_date,
    coalesce(parsed.reference_date, versions.article_date) as statement_date,
    versions.publisher,
    versions.received_at,
    groups.syndication_group_id
from {{ ref('stg_statement_mentions') }} as mentions
inner join {{ ref('int_articles_current') }} as versions on mentions.article_id = versions.article_id
inner join {{ ref('int_syndication_groups') }} as groups on mentions.article_id = groups.article_id
inner join {{ ref('stg_parsed_articles') }} as parsed on mentions.article_id = parsed.article_id
cross join equivalents
left join {{ ref('int_meeting_members') }} as members on mentions.meeting_mention_id = members.meeting_mention_id
where versions.is_current
