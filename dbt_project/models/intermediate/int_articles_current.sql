{#
  The same address with another text is a new version of one article. The newest counts; facts of the others are retired.
#}
with articles as (
    select
        article_id,
        address,
        publisher,
        published_date,
        published_at,
        received_at
    from {{ ref('stg_articles') }}
),

parsed as (
    select
        article_id,
        reference_date,
        date_conflict
    from {{ ref('stg_parsed_articles') }}
),

ranked as (
    select
        *,
        row_number() over newest_first as recency,
        first_value(article_id) over newest_first as current_article_id,
        count(*) over (partition by address) as n_versions
    from articles
    window newest_first as (
        partition by address
        order by received_at desc, published_at desc nulls last, article_id desc
    )
)

select
    ranked.article_id,
    ranked.address,
    ranked.publisher,
    ranked.recency = 1 as is_current,
    ranked.n_versions - ranked.recency + 1 as version_no,
    ranked.n_versions,
    if(ranked.recency = 1, null, ranked.current_article_id) as replaced_by_article_id,
    coalesce(ranked.published_date, parsed.reference_date) as article_date,
    parsed.article_id is not null as is_parsed,
    parsed.date_conflict,
    ranked.received_at
from ranked
left join parsed on ranked.article_id = parsed.article_id
