/* SPDX-License-Identifier: Apache-2.0 */
/* mod_imagemap -- server-side image maps (being written: helper spel) */
