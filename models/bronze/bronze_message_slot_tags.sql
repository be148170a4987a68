{{ goldloop.earlier_inferences(source('inference', 'message_slot_tags')) }}
