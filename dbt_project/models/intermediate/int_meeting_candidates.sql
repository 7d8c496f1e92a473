{#
  Pairs of mentions that share a key. An article tells a meeting once: two mentions of one article are two meetings.
#}
select distinct
    least(sought.meeting_mention_id, found.meeting_mention_id) as left_mention_id,
    greatest(sought.meeting_mention_id, found.meeting_mention_id) as right_mention_id
from {{ ref('int_meeting_keys') }} as sought
inner join {{ ref('int_meeting_keys') }} as found on sought.candidate_key = found.candidate_key
where sought.is_sought and found.is_found and sought.article_id <> found.article_id
