{{ goldloop.earlier_inferences(source('inference', 'photographs_to_label')) }}
