select * exclude (embedding)
from (

    {{ goldloop.infer(
        ref('damage_assessment'),
        ref('photographs_to_assess'),
        'photo_id',
        inputs=['embedding']
    ) }}

)
