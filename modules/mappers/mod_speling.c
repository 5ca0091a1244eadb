/* SPDX-License-Identifier: Apache-2.0 */
/* mod_speling -- correct misspelt URLs (being written: helper spel) */
