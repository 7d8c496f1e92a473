{#
  Candidates share a band of the MinHash signature; the share of equal signature values estimates the Jaccard similarity of
  the two texts' shingles. Comparing all pairs would cost the square of the articles.
#}
with signatures as (
    select
        articles.article_id,
        articles.minhash
    from {{ ref('stg_articles') }} as articles
    inner join {{ ref('int_articles_current') }} as versions
        on articles.article_id = versions.article_id
    where versions.is_current and len(articles.minhash) >= {{ var('minhash_bands') * var('minhash_band_size') }}
),

-- Reprints with equal signatures meet once, as one signature, however many there are.
distinct_signatures as (
    select
        min(article_id) as article_id,
        minhash
    from signatures
    group by minhash
),

band_numbers as (
    select unnest(range({{ var('minhash_bands') }})) as band_no
),

bands as (
    select
        article_id,
        band_no,
        hash(
            minhash[
                (band_no * {{ var('minhash_band_size') }} + 1):((band_no + 1) * {{ var('minhash_band_size') }})
            ]
        ) as band_hash
    from distinct_signatures
    cross join band_numbers
),

candidates as (
    select distinct
        left_band.article_id as left_article_id,
        right_band.article_id as right_article_id
    from bands as left_band
    inner join bands as right_band
        on
            left_band.band_no = right_band.band_no
            and left_band.band_hash = right_band.band_hash
            and left_band.article_id < right_band.article_id
),

compared as (
    select
        candidates.left_article_id,
        candidates.right_article_id,
        list_sum(
            list_transform(
                list_zip(left_side.minhash, right_side.minhash),
                lambda pair: cast(pair[1] = pair[2] as integer)
            )
        ) / len(left_side.minhash) as similarity
    from candidates
    inner join distinct_signatures as left_side on candidates.left_article_id = left_side.article_id
    inner join distinct_signatures as right_side on candidates.right_article_id = right_side.article_id
)

select
    left_article_id,
    right_article_id,
    similarity
from compared
where similarity >= {{ var('near_copy_similarity') }}
union all
select
    distinct_signatures.article_id as left_article_id,
    signatures.article_id as right_article_id,
    1.0 as similarity
from signatures
inner join distinct_signatures on signatures.minhash = distinct_signatures.minhash
where distinct_signatures.article_id <> signatures.article_id
