{#
  The statement is named by the mention that was published first: reports that come later do not rename it.
#}
with members as (
    select
        clusters.statement_mention_id,
        clusters.cluster_id,
        mentions.article_id,
        mentions.char_start,
        mentions.char_end,
        mentions.mention_no,
        mentions.article_date
    from {{ ref('int_statement_clusters') }} as clusters
    inner join {{ ref('int_statement_mentions') }} as mentions
        on clusters.statement_mention_id = mentions.statement_mention_id
)

select
    statement_mention_id,
    article_id,
    first_value({{ stable_id('t', ['article_id', 'char_start', 'char_end', 'mention_no']) }}) over (
        partition by cluster_id
        order by article_date nulls last, article_id, char_start, char_end, mention_no
    ) as statement_id
from members
