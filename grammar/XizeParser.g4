// The grammar of Xize: one for both surfaces. Tokens come typed by role (keywords.def); an entry
// ends at SEP, which the token source inserts. A rule named *Entry stands in a block; every block
// is `{ entry SEP entry … }`.
parser grammar XizeParser;
options { tokenVocab = XizeLexer; }

file : (topEntry (SEP topEntry)*)? EOF ;

// What belongs into a rubric is read here too, so that the checker can say where it belongs.
topEntry
  : policy | documentEntry | table | records | lookup | typeDecl | group | alias | parameter
  | method | importEntry | rubric | amends | test | property | itemEntry
  ;

// ---- the document

policy : POLICY name STRING? policyBlock? ;
policyBlock : LBRACE (documentEntry (SEP documentEntry)*)? RBRACE ;
documentEntry
  : DOCUMENT_NUMBER STRING (listMark STRING)*                                    # numberEntry
  | ISSUER STRING                                                                # issuerEntry
  | PERIOD PERIOD_WORD                                           # periodEntry
  | EFFECTIVE (ON_ISSUE | expr) IN_FORCE? (COMMA? (UNTIL | ZHI) expr STOP?)?     # effectiveEntry
  | CUTOFF expr                                                                  # cutoffEntry
  ;
importEntry : IMPORT STRING ;

// ---- data

table : TABLE name STRING? columnBlock ;
records : RECORDS name (STRING? columnBlock | EQ name (WHERE expr | WHERE_NOTE WHERE expr RPAREN)) ;
columnBlock : LBRACE (columnEntry (SEP columnEntry)*)? RBRACE ;
columnEntry : column | computedColumn | partition | checkEntry | quote ;
column : names COLON typeRef columnTail* (columnCheck+ STRING?)? ;
computedColumn : name EQ expr ;
columnTail : COMMA? constraint | STRING ;
constraint
  : comparison operand                                    # compareConstraint
  | IN interval                                           # withinConstraint
  | between                                               # betweenConstraint
  | KEY                                                   # keyConstraint
  | OPTIONAL                                              # optionalConstraint
  | DEFAULT operand                                       # defaultConstraint
  | STEP operand                                          # stepConstraint
  | NOT_APPLICABLE_AS STRING (listMark STRING)*           # naConstraint
  ;
// Behind the constraints, so that a condition can be a whole one.
columnCheck : COMMA? CHECK STRING expr ;
typeRef
  : OPTIONAL? TYPE_WORD (OF kindOfThing)? choiceLabels?
  | OPTIONAL? kindOfThing (DE TYPE_WORD)?
  ;
kindOfThing : name (SLASH name)? ;
choiceLabels : LBRACE nameOrString ((SEP | listMark) nameOrString)* RBRACE ;
partition
  : PARTITION sum (EQ | LE) expr
  | expr (listMark expr)* (SUM_EQUALS | SUM_AT_MOST) expr
  ;
checkEntry : CHECK STRING COMMA? expr ;
typeDecl : TYPE name EQ typeRef ;
lookup : LOOKUP name LPAREN names RPAREN lookupBlock ;
lookupBlock : LBRACE (COLUMNS exprList SEP)? lookupRow (SEP lookupRow)* RBRACE ;
lookupRow : lookupKey (listMark lookupKey)* produces exprList ;
lookupKey : OTHERWISE | comparison bound | interval | chineseRange | bound orderWord | bound ;
group : (GROUP | REFERENCE_GROUP) name EQ population ;
population : ALL name? WHERE expr | groupExpr ;
groupExpr : groupTerm (groupOp groupTerm)* ;
groupOp : PLUS | MINUS | AMP | GROUP_PLUS | GROUP_MINUS | GROUP_AND ;
groupTerm
  : LBRACE nameOrString ((SEP | listMark) nameOrString)* RBRACE
  | ALL (name (WHERE_NOTE WHERE expr RPAREN)?)?
  | nameOrString (PAUSE nameOrString)*
  | LPAREN groupExpr RPAREN
  ;
alias : ALIAS names EQ nameOrString ;
claims : CLAIMS LBRACE (claim ((SEP | listMark) claim)*)? RBRACE ;
claim : CLAIM_WORD (OF nameOrString)? NUMBER UNIT? | nameOrString DE CLAIM_WORD NUMBER UNIT? ;
parameter : PARAMETER column ;
input : INPUT column ;

// ---- definitions

define : DEFINE name (LPAREN names RPAREN)? EQ expr ;
method : METHOD name (LPAREN names? RPAREN)? itemBlock ;
use : USE name (LPAREN exprList? RPAREN)? ;

// ---- the rubric

rubric : RUBRIC nameOrString STRING? nodeTail* itemBlock ;
node
  : (SECTION | ITEM | PLAIN_SECTION | PLAIN_ITEM | LEVEL_1 | LEVEL_2 | LEVEL_3 | LEVEL_4)
    nameOrString STRING? nodeTail* itemBlock?
  | (BONUS | PENALTY) name? STRING? nodeTail* itemBlock
  ;
nodeTail
  : NOTE (quantity | nodeFact) (COMMA nodeFact)* RPAREN
  | COMMA? nodeFact
  ;
nodeFact
  : (POINTS | TOTAL) expr
  | NO_POINTS
  | UNSPECIFIED_POINTS STRING?
  | NO_TOTAL
  | MAX expr
  | UNCAPPED
  | WEIGHT expr
  | FOR population
  ;
itemBlock : LBRACE (itemEntry (SEP itemEntry)*)? RBRACE ;

itemEntry
  : node | input | define | quote | criterion | assume | unspecified | allow | claims | checkEntry
  | partitionEntry | guard | ordered | base | when | together | pick | use | clause | redistribute
  | sectionMode | totalEntry | roundEntry | combine | convert | grade | gradeRule | select | report
  | sample | exprEntry
  ;
partitionEntry : PARTITION sum (EQ | LE) expr ;
quote : (QUOTE STRING | TRIPLE) ;
criterion : CRITERION STRING ;
assume : ASSUME STRING ;
unspecified
  : UNSPECIFIED STRING unspecifiedTail*
  ;
unspecifiedTail
  : COMMA? SUGGEST (clause | guard | exprEntry | when | use)
  | COMMA? ACCEPTED STRING
  ;
allow : ALLOW name BECAUSE STRING ;

guard
  : ZERO WHEN expr                                 # zeroGuard
  | FULL WHEN expr                                 # fullGuard
  | GET_FULL WHEN expr                             # fullGuardZh
  | GIVE expr WHEN expr                            # giveGuard
  | THIS_GETS expr WHEN expr                       # giveGuardZh
  | UNSCORED WHEN expr                             # unscoredGuard
  | NOT_APPLICABLE WHEN expr                       # notApplicableGuard
  | VETO WHEN expr (ON scope)?                     # vetoGuard
  ;
scope : IN_RUBRIC | IN_SECTION | IN_ITEM ;
ordered : ORDERED itemBlock? ;
base : BASE (FULL | expr) | DEDUCTING ;

// An entry that begins with an expression: the Chinese phrases, and a bare amount.
exprEntry : SCORE EQ expr clauseTail* | expr exprRest ;
exprRest
  : (listMark expr)* (SUM_EQUALS | SUM_AT_MOST) expr                             # sumRest
  | DE COMMA? (outcome otherCase? | gradeOutcome)                                # conditionRest
  | DE COMMA? (GETS rowResult | bareResult) (COMMA | SEP) compareRow
    ((COMMA | SEP) caseRow)*                                                       # tierCaseRest
  | DE itemBlock (SEP? (ELSE | OTHERWISE) itemBlock)?                            # blockRest
  | RATIO_SCORE ratioTail* clauseTail*                                           # ratioRest
  | (firstTest DE?)? (GETS rowResult | bareResult) (COMMA row)+                  # tierRest
  | clauseTail*                                                                  # amountRest
  ;
// The first row of tiers on one line; a comparison before it is read with the measure.
firstTest
  : quantity ((INCL | EXCL)? (MINUS | TILDE | ZHI) quantity (INCL | EXCL)? | orderWord)?
  ;
// 达到 80% 的，得 8 分: another tier of the measure that the sentence before compares.
compareRow : comparison bound (DE COMMA?)? (produces rowResult | bareResult) ;
caseRow : compareRow | (OTHERWISE | ELSE) DE? COMMA? (produces rowResult | bareResult) ;
// 否则, or what is counted where the condition fails.
otherCase
  : (COMMA | SEP)? (ELSE | OTHERWISE) COMMA? outcome
  | (COMMA | SEP) difference
  ;
// 每低1个百分点扣0.5分: how far the measure is from the limit of the condition.
difference : (SHORT | OVER_BY) countedStep COMMA? (DEDUCT | AWARD | GETS) amount clauseTail* ;
ratioTail : COMMA (GE expr GET_FULL | LT expr ZERO) ;
outcome
  : ZERO                                           # zeroOutcome
  | (THIS_FULL | GET_FULL)                         # fullOutcome
  | THIS_GETS expr                                 # giveOutcome
  | NOT_APPLICABLE                                 # notApplicableOutcome
  | UNSCORED                                       # unscoredOutcome
  | VETO (COMMA? ON scope)?                        # vetoOutcome
  | (GETS | WORTH | AWARD | DEDUCT) amount clauseTail*  # amountOutcome
  | SCORE EQ expr clauseTail*                      # scoreOutcome
  | difference                                     # differenceOutcome
  | scale clauseTail*                              # scaleOutcome
  ;
gradeOutcome
  : (GRADE_SET | GRADE_AT_LEAST | GRADE_AT_MOST) nameOrString
  | GRADE_LOWER (COMMA? (NOT_BELOW | GRADE_AT_LEAST) nameOrString)?
  ;

clause
  : (AWARD | DEDUCT | GETS) EACH? amount clauseTail*                             # signedClause
  | (AWARD | DEDUCT)? scale clauseTail*                                          # scaleClause
  | eachHead countedStep? perTarget startedNote? COMMA?
    (DEDUCT | AWARD | GETS) amount clauseTail*                                   # eachClause
  ;
eachHead : EACH | EACH_FULL | EACH_STARTED ;
countedStep : NUMBER UNIT? | UNIT ;
startedNote : STARTED_NOTE LT NUMBER UNIT? DE? PER NUMBER UNIT? WORTH RPAREN ;
perTarget : operand (WHERE_NOTE WHERE expr RPAREN)? ;
amount : FULL | expr ;
clauseTail
  : COMMA? PER perCount                            # perTail
  | COMMA? WHERE expr                              # whereTail
  | COMMA? WHEN expr                               # whenTail
  | COMMA? MAX (FULL | expr)                       # maxTail
  | COMMA? UNTIL_GONE                              # untilGoneTail
  | COMMA? EVERY (FULL | STARTED)                  # everyTail
  | COMMA? WORTH expr                              # worthTail
  | COMMA? (DOUBLE | HALVE | TIMES expr) WHEN expr # timesTail
  | COMMA expr DE COMMA (DOUBLE | HALVE | TIMES expr)  # timesTailZh
  ;
perCount : EACH? (NUMBER UNIT? OF?)? perTarget ;

scale
  : RATIO expr (OF expr)? (TO expr)? (FROM expr)?                                # ratioScale
  | LINEAR expr rowBlock                                                         # linearScale
  | TIER expr rowBlock                                                           # tierScale
  | RANK expr rankTail* rowBlock                                                 # rankScale
  | PER expr rankTail* RANKED rankTail* rowBlock                                 # rankScaleZh
  | RELATIVE expr (TO_BEST | TO_AVERAGE | TO_SUM) (COMMA? overTail)?  # relativeScale
  | JUDGE judgeTail*                                                             # judgeScale
  | JUDGE_DEDUCTION judgeTail*                                                   # judgeDeduction
  | CHECKLIST LBRACE (box (SEP box)*)? RBRACE                                    # checklistScale
  ;
rankTail : COMMA? (ASCENDING | DESCENDING | DENSE | TIES_BY expr | overTail) ;
overTail : OVER (UNITS | groupExpr) | UNITS ;
judgeTail
  : COMMA? FROM (name DE)? expr
  | COMMA? LEVELS levelBlock
  | levelBlock
  | COMMA? STEP expr
  | COMMA? REQUIRES_EVIDENCE
  ;
levelBlock : LBRACE (level (SEP level)*)? RBRACE ;
level : nameOrString (DE COMMA?)? (produces rowResult | bareResult) ;
box : STRING COLON expr (produces expr)? ;
rowBlock : LBRACE (row (SEP row)*)? RBRACE ;
row : rowTest (DE COMMA?)? (produces rowResult | bareResult) | (OTHERWISE | ELSE) amountResult ;
bareResult : FULL | GET_FULL | ZERO | JUDGE_DEDUCTION ;
rowTest
  : (OTHERWISE | ELSE)                             # otherwiseTest
  | TOP bound                                # topTest
  | comparison bound                               # compareTest
  | interval                                       # intervalTest
  | chineseRange                                   # rangeTest
  | bound orderWord                                # orderTest
  | bound (listMark bound)*                        # equalsTest
  ;
chineseRange : bound (INCL | EXCL)? (MINUS | TILDE | ZHI) bound (INCL | EXCL)? ;
orderWord : INCL? (OR_MORE | OR_LESS) | (INCL | EXCL)? (ABOVE | BELOW) (INCL | EXCL)? ;
bound : term ;
interval : (LBRACK | LPAREN) expr? COMMA expr? (RBRACK | RPAREN) ;
rowResult
  : bareResult
  | amountResult
  ;
amountResult
  : expr ((TO | ZHI | TILDE) expr)?
  | LBRACK expr (COMMA | ZHI) expr RBRACK
  ;
produces : ARROW | GETS ;

when : WHEN expr itemBlock (SEP? (OTHERWISE | ELSE) itemBlock)? ;
together
  : TOGETHER (COMMA? (MAX expr | MIN expr))+ itemBlock
  | TOGETHER_MAX expr (COMMA? MIN expr)? itemBlock
  ;
pick : (HIGHEST_OF | LOWEST_OF) itemBlock ;

// ---- from items to a result

redistribute
  : REDISTRIBUTE (PROPORTIONALLY | EQUALLY)? (WITHIN? scope)?
    ((TO | ZHI) nodeNames)?                                  # redistributeEntry
  | NOT_APPLICABLE DE COMMA
    (SHARE_RUBRIC | SHARE_SECTION | SPREAD_RUBRIC | SPREAD_SECTION)  # shareEntry
  | NOT_APPLICABLE DE COMMA (SHARE_TO | SPREAD_TO) nodeNames  # shareToEntry
  ;
nodeNames : nameOrString (listMark nameOrString)* ;
sectionMode : AVERAGE_OF | LOWEST_OF | WEIGHTED | EQUAL_WEIGHTS ;
totalEntry : TOTAL COMMA? (totalFact | roundEntry) | totalFact | NO_TOTAL ;
totalFact
  : FLOOR expr | CEILING expr | NO_FLOOR | MAY_EXCEED expr
  | (FLOOR | CEILING) UNSPECIFIED STRING?
  ;
roundEntry : ROUND expr PLACES? (COMMA? ROUNDING)? | ROUNDING COMMA? ROUND expr PLACES? ;
combine : COMBINE (BY_AVERAGE | BY_SUM | BY_LAST | BY_WEIGHTS exprList?) (COMMA? roundEntry)? ;
convert : CONVERT (UNSPECIFIED STRING | expr) (COMMA? roundEntry)? ;
grade : GRADE (UNSPECIFIED STRING? | gradeBlock) ;
gradeBlock : LBRACE (gradeEntry (SEP gradeEntry)*)? RBRACE ;
gradeEntry : gradeRow | gradeRule | gradePhrase ;
gradeRow : nameOrString interval? gradeTail* (COMMA? tiesTail)? (COMMA? WHEN expr)? ;
gradeTail
  : COMMA? comparison bound
  | COMMA? bound orderWord
  | COMMA interval
  | COMMA? chineseRange
  | COMMA? TOP bound
  | COMMA? QUOTA bound
  | COMMA? ROUND? ROUNDING
  | COMMA? OTHERWISE
  | COMMA? UNSPECIFIED STRING?
  ;
tiesTail : TIES_SHARE | TIES_EXCLUDE | TIES_BY operand (listMark operand)* ;
gradeRule
  : SET nameOrString WHEN expr                     # setRule
  | AT_LEAST nameOrString WHEN expr                # atLeastRule
  | AT_MOST nameOrString WHEN expr                 # atMostRule
  | LOWER_ONE WHEN expr (COMMA? NOT_BELOW nameOrString)?  # lowerRule
  ;
gradePhrase : expr DE COMMA gradeOutcome ;
select : SELECT nameOrString name? selectTail+ ;
selectTail
  : COMMA? TOP bound
  | COMMA? OF name
  | COMMA? (PER | BY) expr SEPARATELY?
  | COMMA? EVERY_PERIOD
  | COMMA? ROUND? ROUNDING
  | COMMA? tiesTail
  | COMMA? WHERE expr
  ;
report : REPORT name EQ expr ;

// ---- versions, sampling

amends : AMENDS STRING (listMark STRING)* LBRACE (amendment (SEP amendment)*)? RBRACE ;
amendment
  : RENAME nameOrString TO nameOrString                                  # renameAction
  | POINTS_OF nameOrString quantity turns quantity                       # pointsAction
  | KEEP nodeNames ((POINTS_OF | POINTS) quantity)?                      # keepAction
  | SPLIT nameOrString INTO nodeNames                                    # splitAction
  | MERGE nodeNames INTO nameOrString                                    # mergeAction
  | REPLACE nodeNames WITH nodeNames                                     # replaceAction
  | RESET nodeNames                                                      # resetAction
  | REMOVE nodeNames                                                     # removeAction
  | ADD nodeNames                                                        # addAction
  | AMEND_SUBJECT nodeNames COMMA? amendPhrase (COMMA amendPhrase)*      # subjectAction
  | quote                                                                # remarkAction
  | assume                                                               # remarkAction
  ;
turns : TURNS | ADJUSTED ;
quantity : NUMBER UNIT? ;
amendPhrase
  : (RENAMED | ADJUSTED | REPLACED) nodeNames
  | POINTS_OF? POINTS_FROM quantity ADJUSTED quantity
  | POINTS_OF quantity UNCHANGED
  | SPLIT_INTO nodeNames
  | MERGED nameOrString
  | RESET_CHILDREN
  | UNCHANGED
  ;
sample
  : SAMPLE name COLON? FROM name TAKE quantity sampleTail* columnBlock?
  | SAMPLE name COLON? EVERY_MONTH_FROM name TAKE quantity sampleTail* columnBlock?
  ;
sampleTail
  : COMMA? EVERY_MONTH
  | COMMA? COVERING_ALL
  | COMMA? FULL_INSPECTION
  | COMMA LT quantity DE COMMA FULL_INSPECTION (COMMA SCALED_DEDUCTION)?
  | COMMA? (BY | PER) name (ENDING expr?)? (EVERY | EVERY_OTHER) quantity
  | COMMA? WHERE expr
  | COMMA? ELSE_PREVIOUS
  ;

// ---- tests

test : TEST STRING (FOR nameOrString)? LBRACE (testEntry (SEP testEntry)*)? RBRACE ;
testEntry
  : GIVEN given (listMark given)*                                        # givenEntry
  | EXPECT expectation (listMark expectation)*                           # expectEntry
  | EXPECT_ERROR faultName (listMark faultName)*                         # faultEntry
  ;
given
  : NUMBER UNIT? name (COMMA? (WITH | WHERE) assignment (AND assignment)*)?
  | path EQ expr
  ;
assignment : name EQ operand ;
path : nameOrString (DOT nameOrString)* ;
expectation
  : path EQ expr
  | path (IN interval | between)
  | EXPECT_ERROR faultName
  | UNSCORED
  ;
faultName : FAULT_WORD | UNSPECIFIED ;
property : PROPERTY STRING LBRACE propertyBody RBRACE ;
propertyBody
  : expr (INCREASES | DECREASES) WITH? expr
  | expr FOLLOWING expr (ONLY_UP | ONLY_DOWN)
  | expr
  ;

// ---- expressions

expr : (IF expr THEN expr ELSE)* orExpr ;
orExpr : andExpr (OR andExpr)* ;
andExpr : notExpr (AND notExpr)* ;
notExpr : NOT* ((EXISTS | NONE) existing (PAUSE existing)* | compared) ;
existing : operand (WHERE_NOTE WHERE expr RPAREN)? ;
compared
  : operand
    ( comparison operand
    | (IN | NOT_IN) membership
    | between
    | IS NOT? (MISSING | NA | PENDING)
    | IS_MISSING
    | IS_PRESENT
    | IS_PENDING
    | NA
    )?
  ;
comparison : EQ | NE | LT | LE | GT | GE ;
membership
  : interval
  | LBRACE expr ((listMark | SEP) expr)* RBRACE
  | TOP operand name ((BY | PER) operand)?
  | operand
  ;
between : WITHIN_RANGE sum (INCL | EXCL)? ZHI sum (INCL | EXCL)? ;
operand : sum (DAYS_TO sum (DAYS_OF | WORKDAYS_OF) (FIRST_NOTE COUNTING_FIRST RPAREN)?)? ;
sum : term ((PLUS | MINUS) term)* ;
term : factor ((STAR | SLASH) factor)* ;
factor : MINUS* postfix ;
postfix : primary (DOT (name | LPAREN expr RPAREN))* ;
primary
  : NUMBER (UNIT (UNIT_SLASH UNIT)?)?                   # numberPrimary
  | DATE                                           # datePrimary
  | MONTH_LIT                                      # monthPrimary
  | STRING                                         # stringPrimary
  | TRUE                                           # truePrimary
  | FALSE                                          # falsePrimary
  | NA                                             # naPrimary
  | IS_MISSING                                     # missingPrimary
  | MISSING                                        # missingPrimary
  | OWN_POINTS                                     # ownPointsPrimary
  | FUNCTION LPAREN arguments? RPAREN              # functionPrimary
  | name (LPAREN arguments? RPAREN | UNIT)?        # namePrimary
  | LPAREN expr RPAREN                             # groupedPrimary
  | CASE expr rowBlock                             # casePrimary
  | CASE_PER expr TAKES rowBlock                   # casePrimary
  | TIER_VALUE expr rowBlock                       # tierPrimary
  ;
arguments : argument (listMark argument)* argumentTail* ;
argument : name DE expr | MONTH expr? | expr (ZHI expr)? ;
argumentTail
  : COMMA? WHERE expr
  | COMMA? overTail
  | COMMA? BY (MONTH | expr)
  | COMMA? PER expr SEPARATELY?
  | COMMA? BEST NUMBER UNIT?
  | COMMA? TRIM expr
  | COMMA? DROP (NUMBER UNIT? (HIGHEST | LOWEST))+
  | COMMA? DEFAULT expr
  | COMMA? ASCENDING
  | COMMA? DENSE
  | COMMA? TIES_BY expr
  | COMMA? COUNTING_FIRST
  | COMMA? ROUNDING
  | COMMA? PLACES
  ;
exprList : expr (listMark expr)* ;
names : nameOrString (listMark nameOrString)* ;
name : NAME ;
nameOrString : NAME | STRING ;
listMark : COMMA | PAUSE ;
