with meetings as (
    select
        mentions.meeting_mention_id as mention_id,
        'meeting' as fact_type,
        members.meeting_id as fact_id,
        mentions.article_id,
        mentions.char_start,
        mentions.char_end,
        mentions.evidence as mention_text,
        mentions.rule,
        mentions.parser_version,
        mentions.confidence,
        mentions.is_background
    from {{ ref('int_meeting_mentions') }} as mentions
    inner join {{ ref('int_meeting_members') }} as members
        on mentions.meeting_mention_id = members.meeting_mention_id
),

statements as (
    select
        mentions.statement_mention_id as mention_id,
        mentions.statement_class as fact_type,
        members.statement_id as fact_id,
        mentions.article_id,
        mentions.char_start,
        mentions.char_end,
        mentions.content as mention_text,
        mentions.rule,
        mentions.parser_version,
        mentions.confidence,
        false as is_background
    from {{ ref('int_statement_mentions') }} as mentions
    inner join {{ ref('int_statement_members') }} as members
        on mentions.statement_mention_id = members.statement_mention_id
)

select * from meetings
union all
select * from statements
