select
    {{ stable_id('n', ["coalesce(party_key, '')", 'plain_name']) }} as person_name_id,
    party_key,
    plain_name,
    string_split(plain_name, ' ') as name_parts,
    len(name_parts) as n_parts,
    mode(person_name order by person_name) as person_name,
    count(distinct article_id) as n_articles,
    min(article_date) as first_seen_date
from {{ ref('int_person_mentions') }}
group by party_key, plain_name
