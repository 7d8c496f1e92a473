{#
  One statement of its mentions: the surest mention speaks for it; what it leaves open is taken from the next that tells it.
#}
with mentions as (
    select
        members.statement_id,
        mentions.*,
        row_number() over (
            partition by members.statement_id
            order by
                mentions.confidence desc, length(mentions.content) desc,
                mentions.article_date nulls last, mentions.article_id asc, mentions.char_start asc
        ) as mention_rank
    from {{ ref('int_statement_members') }} as members
    inner join {{ ref('int_statement_mentions') }} as mentions
        on members.statement_mention_id = mentions.statement_mention_id
)

select
    statement_id,
    arg_min(statement_class, mention_rank) as statement_class,
    arg_min(content, mention_rank) as content,
    arg_min(kind, mention_rank) as kind,
    arg_min(list_sort(list_distinct(speakers)), mention_rank) as speakers,
    arg_min(speaker_name, mention_rank) as speaker_name,
    -- The fullest list: a report may leave out "and its allies", none adds whom the words do not address.
    arg_min(list_sort(list_distinct(addressees)), (-len(addressees), mention_rank)) as addressees,
    bool_or(is_conditional) as is_conditional,
    arg_min(deadline_text, mention_rank) as deadline_text,
    arg_min(deadline_date, mention_rank) as deadline_date,
    arg_min(outcome_no, mention_rank) as outcome_no,
    arg_min(meeting_id, mention_rank) as meeting_id,
    arg_min(strength, mention_rank) as strength,
    arg_min(plover_code, mention_rank) as plover_code,
    min(statement_date) as statement_date,
    arg_min(article_id, mention_rank) as evidence_article_id,
    arg_min(char_start, mention_rank) as evidence_char_start,
    arg_min(char_end, mention_rank) as evidence_char_end,
    arg_min(statement_mention_id, mention_rank) as statement_mention_id,
    count(distinct article_id) as n_articles,
    count(distinct syndication_group_id) as n_sources,
    max(confidence) as confidence,
    min(received_at) as first_seen_at
from mentions
group by statement_id
