select if(range < 98, 'sales', 'chats') as feed from range(100)
