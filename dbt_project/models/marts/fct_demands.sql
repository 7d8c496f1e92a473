select
    statements.statement_id as demand_id,
    statements.content,
    statements.strength,
    {{ what_is_asked('statements.content') }} as what,
    statements.speakers,
    statements.speaker_name,
    speakers.person_id as speaker_id,
    statements.addressees,
    statements.is_conditional,
    statements.deadline_text,
    statements.deadline_date,
    statements.outcome_no,
    statements.meeting_id,
    statements.statement_date,
    statements.n_articles,
    statements.n_sources,
    statements.evidence_article_id,
    statements.evidence_char_start,
    statements.evidence_char_end,
    statements.confidence,
    coalesce(statements.plover_code, codes.plover_code) as plover_code,
    statements.first_seen_at
from {{ ref('int_statements') }} as statements
left join {{ ref('int_statement_speakers') }} as speakers on statements.statement_id = speakers.statement_id
left join {{ ref('plover_defaults') }} as codes
    on codes.fact_type = 'demand' and 'demand' = codes.kind
where statements.statement_class = 'demand'
