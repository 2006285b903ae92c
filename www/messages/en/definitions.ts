/** English words of the area “definitions”. */
export const definitions = {};
