{{ goldloop.earlier_inferences(source('inference', 'photo_assessments')) }}
