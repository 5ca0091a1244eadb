# SPDX-License-Identifier: Apache-2.0
# main.c belongs to the program alone (Makefile.am): tests have their own.
libcleat_a_SOURCES += \
    server/start/start.h \
    server/start/build_info.c \
    server/start/generation.c \
    server/start/options.c \
    server/start/process.c \
    server/start/show.c
