{{ goldloop.earlier_inferences(source('inference', 'repair_estimates')) }}
