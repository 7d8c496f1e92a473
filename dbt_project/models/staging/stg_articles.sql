select
    article_id,
    document_id,
    address,
    url,
    publisher,
    headline,
    authors,
    section,
    language,
    published_at,
    published_date,
    published_text,
    text as article_text,
    n_words,
    is_parsed,
    minhash,
    received_at,
    reader_version
from {{ source('stages', 'articles') }}
qualify {{ latest_row('article_id') }}
