"""What each EDIFACT data element may hold.

Source: UN/EDIFACT data element directories (EDED) D.96A to D.21B and ISO 9735 service elements,
restated. Where directories differ in length, the longest of them.
"""

from drawbar.edi.edifact.definition import read_elements

ELEMENTS = read_elements(
    """
0001 a4         0002 an1        0004 an35       0007 an4        0008 an35       0010 an35
0013 an3        0017 n8         0019 n4         0020 an14       0022 an14       0025 an2
0026 an14       0029 a1         0031 n1         0032 an35       0035 n1         0036 n6
0038 an14       0040 an35       0042 an35       0044 an35       0048 an14       0051 an3
0052 an3        0054 an3        0057 an6        0058 an14       0060 n6         0062 an14
0065 an6        0068 an35       0070 n2         0073 a1         0074 n10        0081 a1
0083 an3        0085 an3        0096 n6         0098 n3         0104 n3         0110 an6
0113 an6        0133 an3        0136 n6         0014 an35       0018 an14       0046 an35
0076 an3        0080 an6        0115 an14       0116 an14       0118 an3        0121 an4
0122 an3        0124 an3        0126 an3        0128 an3        0127 an4        0800 an3
1000 an256       1001 an3        1004 an70       1049 an3        1050 an10       1052 an3
1054 n10        1056 an9        1058 an9        1060 an6        1073 an3        1082 an6
1131 an17       1153 an3        1154 an70       1156 an6        1222 n2         1225 an3
1227 an3        1229 an3        1230 an17       1312 n1         1366 an70       1373 an3
1476 an35       1490 n5         1496 n6         1501 an1        1507 an3        2000 an9
2005 an3        2009 an3        2013 an3        2015 an3        2017 an3        2023 an3
2029 an3        2118 n6         2151 an3        2152 n3         2160 an1        2380 an35
2379 an3        2475 an3        3035 an3        3036 an256       3039 an35       3042 an256
3045 an3        3055 an3        3077 n3         3124 an256       3127 an17       3128 an256
3131 an3        3139 an3        3148 an512      3153 an3        3155 an3        3164 an35
3192 an35       3194 an35       3207 an3        3222 an70       3223 an35       3224 an256
3225 an35       3227 an3        3228 an70       3229 an9        3232 an70       3233 an35
3251 an17       3279 an3        3285 an3        3401 an17       3412 an256      3413 an17
3432 an35       3433 an35       3434 an17       3436 an70       3446 an35       3453 an3
4000 an6        4018 an35       4022 an35       4025 an17       4027 an3        4038 an17
4043 an3        4044 an3        4051 an3        4052 an70       4053 an3        4055 an3
4065 an3        4078 an35       4079 an3        4183 an3        4215 an3        4219 an3
4221 an3        4233 an3        4237 an3        4276 an256       4277 an17       4279 an3
4294 an35       4295 an3        4343 an3        4347 an3        4371 an3        4383 an3
4401 an3        4403 an3        4404 an256       4405 an3        4407 an3        4419 an3
4435 an3        4437 an17       4439 an3        4440 an512      4441 an17       4447 an3
4451 an3        4453 an3        4461 an3        4463 an3        4471 an3        4493 an3
4513 an3        5004 n35        5006 an3        5007 an3        5013 an3        5025 an3
5047 an3        5105 an3        5118 n15        5125 an3        5152 an256       5153 an3
5160 an35       5189 an3        5213 an3        5237 an3        5242 an35       5243 an9
5245 an3        5249 an3        5261 an3        5273 an12       5275 an6        5278 an17
5279 an7        5283 an3        5284 n9         5286 an15       5289 an6        5305 an3
5307 an3        5314 an35       5315 an3        5375 an3        5377 an3        5379 an3
5387 an3        5388 an35       5389 an17       5393 an3        5394 n12        5402 n12
5419 an3        5420 n15        5463 an3        5479 an3        5482 n10        5495 an3
6008 n15        6060 an35       6063 an3        6064 n15        6066 n18        6069 an3
6071 an3        6072 n12        6074 n12        6077 an3        6080 an18       6082 n3
6087 an3        6092 an26       6096 n9         6113 an3        6140 n15        6145 an3
6152 n18        6154 an70       6155 an17       6162 n18        6167 an3        6168 n15
6173 an3        6174 n15        6176 n15        6245 an3        6246 n15        6311 an3
6313 an3        6314 an18       6321 an3        6331 an3        6341 an3        6343 an3
6345 an3        6347 an3        6348 n4         6350 n15        6411 an8        6824 an6
7007 an3        7008 an256       7009 an17       7011 an4        7036 an3        7040 an3
7045 an3        7047 an3        7064 an35       7065 an17       7073 an3        7075 an3
7077 an3        7081 an3        7083 an3        7085 an3        7088 an8        7102 an256
7106 an3        7110 an35       7122 an35       7124 n4         7130 an35       7140 an35
7143 an3        7160 an256       7161 an3        7173 an3        7187 an17       7224 n8
7226 an35       7227 an3        7233 an3        7240 an15       7254 an35       7258 an7
7273 an3        7275 an3        7295 an3        7297 an3        7357 an18       7364 an6
7365 an3        7383 an3        7402 an35       7405 an3        7418 an35       7419 an7
7429 an3        7431 an3        7433 an3        7449 an3        7451 an4        7459 an3
7491 an3        7493 an3        7511 an3        7515 an3        8015 an3        8022 an26
8023 an17       8024 an3        8028 an17       8051 an3        8053 an3        8066 an17
8067 an3        8077 an3        8078 an7        8092 an4        8101 an3        8126 an10
8154 an35       8155 an10       8158 an4        8169 an3        8178 an17       8179 an8
8186 an4        8211 an7        8212 an70       8213 an35       8246 an4        8249 an3
8255 an3        8260 an17       8273 an3        8275 an3        8281 an3        8323 an3
8325 an3        8332 an26       8334 an35       8335 an17       8339 an3        8341 an3
8351 an7        8364 an6        8393 an3        8395 an3        8405 an3        8410 an4
8453 an3        8457 an3        8458 an17       8459 an3        9003 an5        9011 an3
9012 an256       9013 an17       9015 an3        9018 an30       9023 an5        9031 an3
9033 an3        9038 an17       9051 an3        9141 an3        9143 an3        9213 an3
9302 an35       9303 an3        9308 an35       9321 an17       9353 an3        9411 an3
9415 an3        9417 an3        9421 an3        9601 an17       9649 an3
"""
)
"""Number -> a letters, n number, an any text, and the most characters."""
