libcleat_a_SOURCES += \
	server/filter/brigade.c \
	server/filter/bucket_eoc.c \
	server/filter/bucket_eor.c \
	server/filter/bucket_error.c \
	server/filter/chain.c \
	server/filter/content_length.c \
	server/filter/filter.h \
	server/filter/hooks.c \
	server/filter/network_in.c \
	server/filter/network_out.c \
	server/filter/print.c \
	server/filter/registry.c \
	server/filter/sendfile.c \
	server/filter/writev.c
