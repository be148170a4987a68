{{ goldloop.infer(
    ref('message_intent'),
    ref('customer_turns'),
    'message_id',
    inputs=['text', 'context']
) }}
