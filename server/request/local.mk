libcleat_a_SOURCES += \
	server/request/auth_registry.c \
	server/request/basic_auth.c \
	server/request/client_name.c \
	server/request/content.c \
	server/request/create.c \
	server/request/directory.c \
	server/request/files.c \
	server/request/gate.c \
	server/request/hooks.c \
	server/request/htaccess.c \
	server/request/if.c \
	server/request/location.c \
	server/request/normalize.c \
	server/request/notes.c \
	server/request/options.c \
	server/request/recursion.c \
	server/request/register.c \
	server/request/request.h \
	server/request/section_match.c \
	server/request/self_name.c \
	server/request/subrequest.c \
	server/request/symlinks.c \
	server/request/translate.c \
	server/request/walk.c \
	server/request/walk_cache.c
