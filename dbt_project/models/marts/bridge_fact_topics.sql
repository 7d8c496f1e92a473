select
    fact_type,
    fact_id,
    topic_id
from {{ ref('int_fact_topics') }}
