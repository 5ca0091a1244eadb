dnl Modules: each is built as a shared object, linked into the program, or
dnl left out; the table at the end of configure says which and why.

AC_DEFUN([CLEAT_TABLE_ROW],
  [cleat_module_table="$cleat_module_table
$(printf '  %-16s %-10s %s' "$1" "$2" "$3")"])

AC_DEFUN([CLEAT_STATIC_MODULE],
  [CLEAT_TABLE_ROW([$1], [static], [])])

dnl CLEAT_DSO_MODULE(name, NAME, library or -, purpose)
AC_DEFUN([CLEAT_DSO_MODULE],
  [AC_ARG_ENABLE([$1], [AS_HELP_STRING([--disable-$1], [leave out: $4])])
   cleat_built=yes
   AS_IF([test "x$enable_]m4_translit([$1], [-], [_])[" = xno],
     [cleat_built=no
      CLEAT_TABLE_ROW([$1], [not built], [--disable-$1 was given])],
     [m4_if([$3], [-], [CLEAT_TABLE_ROW([$1], [DSO], [])],
       [AS_IF([test "x$have_$3" = xyes],
         [CLEAT_TABLE_ROW([$1], [DSO], [with $3])],
         [cleat_built=no
          CLEAT_TABLE_ROW([$1], [not built], [the library $3 was not found])])])])
   AS_IF([test "x$cleat_built" = xyes],
     [cleat_dso_modules="$cleat_dso_modules,$1"])
   AM_CONDITIONAL([BUILD_$2], [test "x$cleat_built" = xyes])])
