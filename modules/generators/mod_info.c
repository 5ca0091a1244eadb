/* SPDX-License-Identifier: Apache-2.0 */
/* mod_info -- show the configuration (being written: helper spel) */
