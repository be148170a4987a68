{{ goldloop.earlier_inferences(source('inference', 'quote_predictions')) }}
