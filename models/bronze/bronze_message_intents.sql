{{ goldloop.earlier_inferences(source('inference', 'message_intents')) }}
