/** English words of the area “deals”. */
export const deals = {};
