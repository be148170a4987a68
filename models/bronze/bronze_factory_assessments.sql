{{ goldloop.earlier_inferences(source('inference', 'factory_assessments')) }}
