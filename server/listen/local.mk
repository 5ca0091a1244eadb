libcleat_a_SOURCES += \
	server/listen/buckets.c \
	server/listen/inherit.c \
	server/listen/listen.c \
	server/listen/listen.h \
	server/listen/socket.c
