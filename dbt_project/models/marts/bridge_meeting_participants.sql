select
    {{ stable_id('b', [
        'participants.meeting_id', "coalesce(participants.person_id, '')", "coalesce(participants.party, '')"
    ]) }} as meeting_participant_id,
    participants.meeting_id,
    participants.party as party_id,
    participants.person_id,
    people.person_name,
    participants.role,
    offices.office_id,
    participants.part,
    participants.n_articles
from {{ ref('int_meeting_participants') }} as participants
left join {{ ref('dim_people') }} as people on participants.person_id = people.person_id
left join {{ ref('dim_offices') }} as offices
    on participants.person_id = offices.person_id and {{ plain_text('participants.role') }} = offices.plain_office
