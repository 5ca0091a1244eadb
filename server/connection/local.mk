libcleat_a_SOURCES += \
	server/connection/connection.h \
	server/connection/create.c \
	server/connection/linger.c \
	server/connection/process.c \
	server/connection/protocols.c \
	server/connection/ssl.c
