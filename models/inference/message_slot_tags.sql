{{ goldloop.infer(
    ref('message_slot'),
    ref('message_tokens'),
    'token_id',
    inputs=['context']
) }}
