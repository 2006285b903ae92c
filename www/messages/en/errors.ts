/** English words of the area “errors”. */
export const errors = {};
