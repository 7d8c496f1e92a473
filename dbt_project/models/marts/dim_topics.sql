select
    topics.topic_id,
    topics.topic_name,
    string_split(topics.keywords, '|') as keywords,
    count(facts.fact_id) as n_facts
from {{ ref('topics') }} as topics
left join {{ ref('int_fact_topics') }} as facts on topics.topic_id = facts.topic_id
group by topics.topic_id, topics.topic_name, topics.keywords
