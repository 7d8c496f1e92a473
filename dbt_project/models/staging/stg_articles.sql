{#
  What a document was last read as is what it holds: a newer reader's text, or its reason to set it aside, replaces what
  an older reader made of the same bytes, which is no version of the article.
#}
with outcomes as (
    select
        document_id,
        max(batch_id) as batch_id
    from (
        select
            document_id,
            batch_id
        from {{ source('stages', 'articles') }}
        union all
        select
            document_id,
            batch_id
        from {{ source('stages', 'quarantine_articles') }}
        where document_id is not null
    )
    group by document_id
)

select
    articles.article_id,
    articles.document_id,
    articles.address,
    articles.url,
    articles.publisher,
    articles.headline,
    articles.authors,
    articles.section,
    articles.language,
    articles.published_at,
    articles.published_date,
    articles.published_text,
    articles.text as article_text,
    articles.n_words,
    articles.is_parsed,
    articles.minhash,
    articles.received_at,
    articles.reader_version
from {{ source('stages', 'articles') }} as articles
inner join outcomes
    on articles.document_id = outcomes.document_id and articles.batch_id = outcomes.batch_id
qualify {{ latest_row('articles.article_id', batch='articles.batch_id') }}
