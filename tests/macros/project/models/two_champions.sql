select unnest(['champion', 'champion', 'retired']) as status
