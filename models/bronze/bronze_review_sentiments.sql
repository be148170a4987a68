{{ goldloop.earlier_inferences(source('inference', 'review_sentiments')) }}
