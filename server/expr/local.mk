libcleat_a_SOURCES += \
    server/expr/expr.h \
    server/expr/lexer.c \
    server/expr/parser.c \
    server/expr/eval.c \
    server/expr/operators.c \
    server/expr/variables.c \
    server/expr/functions.c \
    server/expr/vary.c
