libcleat_a_SOURCES += \
	server/handler/handler.h \
	server/handler/invoke.c \
	server/handler/limits.c \
	server/handler/register.c \
	server/handler/static_file.c \
	server/handler/upgrade.c
