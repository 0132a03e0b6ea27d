/**
 * The most frequent groups of three characters in code, counted over packages of npm, the standard library of Python and
 * headers of C: the most frequent first, letters in lower case, `·` for a blank. The name of Azure is where it is among
 * those who have use for this.
 */
export const commonParts: readonly string[] = `
··· ion ·th tio the ons ·re ing con ·=· ent he· ·*· ·co str ·in res ··* ate ter ame par def --- ed· ode all nst
typ sta for pro ype ect tur ati tri st· nam ine or· int ·to ret ·st on· ass pti ·de ·se rea if· com ack ort cti
is· thi rin est opt etu his ara cal ··r to· urn ·if ··} ng· val nte ',· ram ,·' er· ers and ·pa ext por che fin
cla ··i ·an ·op es· ··" ··c cod las err equ ver men efi ··/ ·no req spa ope ·fo of· get ·is unc //· ess dat rn·
·cl ·a· ·pr )·{ ·ca tor sel se· ··# ser ·#· fun ble ·of in· exp ist der ont ssl ted bac per e·s end an· elf que
nt· pre tat ne· nde set ··' met le· ·ex ·*/ nct ite key nd· alu abl e·t ·// lue age === sl_ ile re· lin jec pan
ith ··s use rro ead e·c ror era ult ues e,· ·be our sio s·a ··t rce ref ens rom rat pen not ind pat fil is. cat
ert are ·ma e·a ·va ·wi e·i ata ire ren rt· tex nse cha sou u30 s·t s·= urc u00 *·· ins one ,·· ns· lic mod s="
mpl out ··( tru ss= tes ere n·t obj nti ali ·li orm ·as ase "," esp loc ace nce en· omp ·us lf. th· f·( wit mat
nal ams ces eso 0,· tin ·fi #de imp lea rec tho htt ele ttp ath t·t fro bje te· ==· ple ten len t·i /** n·c .co
#·' ·ch ull ts· de· tch ign s,· nod it· ·ar ete her ></ tra api ll· ·un arg as· ·ne lis at· ime ce· e·o ar· ·na
f·t et· red num wor enc mpo ore ned t,· tre tem lse me· ·nu pac pon nts ··d und app ·/* _co les eve ··e cre e·=
e·f ot· ord eme xpo de> ··p lat let han pla ner 000 ize spo ide act tim ·me mes ·wh new sk_ be· aut ·it var att
·tr t·a ·en ste ,·o eat gle ach ule ,·c ·di ·lo ,·s sig url ·or ssi l_c omm add _re ive eri *·@ rsi ·fu ema e·r
ain ·== ef· rop des rep ·fr om· azu zur ·al s:· sed e:· _in har den hec oss e·p ·on oid rit sin nul tha ck_ sor
·ty eck ang tar ice al· inf put ·su ars erv art r·t d·t id· ·ge _ty t·o oke oun ken rma qui dis ck· ·le eta t·c
hat s·i als ran ure ber _st nta ica ·0, er. ntr odu din man ly· uth rse n·a ini ",· atc iti ·ha an> nfo /co eco
:·" aul ifi fie ven efa t·s ":· eth :// ute mbe fau rou e·d hre uir u01 dul anc pos ··a sec ··f </s ="h :·s ·by
oca 00e tok ·mo sto ,·t ch· non scr but et_ voi /sp ss· fer ·el orc pec ),· goo ·-· onf <sp '), d·i try 509 on_
ogl ern rts x50 tps oog ise ·so ct· ·bo ndi ·|· sch ·si tan le. ena ps: _ch er_ ts. tic umb t·= ade ,·" ove ien
col cri spe .re cur hem ,·i s:/ ato ··o """ can ies has e·l nge dir sol esu ·{· ume ut· log gen nsi rac amp ttr
hen r,· ool ese li> ue· _sk ona rip n·i ill ·do gin ·0x nss <a· del ·ob </a (se unt lie /a> ·(r ew· nit ene tal
inc s·o ity ses edi els lib :·0 ial ·po lem ··l ·ap hod tab _se ,·a ·__ rca cop ori e·e ·+· or( es. am· rue bas
s·f arr e·n dep rre ail ust map eng ·id ·"" esc cli d,· ipt ·te ·er rs· dec rti hea low js- ?:· pri git s·s });
uct sul (pa nfi e', ost sco ed. ··v ljs tte ·im hlj ry· t·p n·s ler <co ·ke ree nin ·hr cto ded nso igh (sk rve
pli pe· mit epr ole lid ·{} acc "hl eap lle min ,·p 09_ rib d·b d·a whe cac ef= ruc ngt ()· rra eam ant f=" ·sc
·la siz on. sse pe( t·r ld· ·fa </c reg ock ·bu r·a =·n s·n run s.c war ·sp sub ina uti llo e(s _de mis doc /*·
row ges ·at emp clo ger ild n·o cor ve· eci led ria e·m ·(0 :·' xte ede a·h (re whi ary fig ·da l_s (co atu r·i
·|| ·cr sti *** ·pu cas cen tai ··n lar loa =·s lit exe syn ·ac ·ta ada oin rel clu s·c by· ght e·b cke htm t·d
thr exa ork sag t·b fal gth tml nne ge· ,·n t:· ·ve eof ari chi ctx ibu =·' eas ray rge o·t ssa eca g·t sho ·au
dit ept cou dex .ge onl 1,· asn oll er( n,· om/ wri ·vo ow· /li *·t ns. rot tiv rig =·{ ·&& mer _na :·t etr ast
t', cer son sn1 e·w k,· .de cte ··b boo ·@p on( =·r =·t e·u rem ptr emo rev ,·0 oot xam pul mai tit .", cep /··
··m sup a>< lum roc nco buf dle oth tac ncl _ge ">< nly sen ··< rte :·p pis kin _pa r·= :·[ e", ffe roo ·}· erf
·'s gro exc ·sh ):· n1_ t·f t·e rna rty own tro ·ba oad _ex ors mar ndl ory ·wa nex ><a lud ,·r e)· ync on' wil
··) fix ·we gra a·s ink tia ·'m ·}) ody ose f._ bod (r' dre ·os roj cce ic· ·(t ng. d·o ct. inp n·e ':· oje nor
sk) t·w .st cts ook mon you rgs oto hin uff sit any upp uni ans xpr lan ·ra ude /// ·bi oce eld ual pol iss tag
nt. epl e·v _li fre ·ad s._ ds· e·{ ecl iel sty hou ||· st_ peo til lec pes _pr @pa unk ask hro dif ·he ote s·r
y·t fla n:· yle liz uil omi ege ·sk ·:· tif its ··u bui yte mme npu ear r·o uns ed_ g,· tyl tas ng_ s·w ·mi :·{
eli f,· on" (os ric een ·go nat org .in gne d·s oup eac rai byt _ct ce( n·r k·= er, ier max ppe (th lt· t·{ oli
(st lac st. et( me, oul f·s 2,· rov olo ]·= r·c nes sha <li etc *·c (); n·f hil s·d efe </t o·a t·n hor t·m pin
_fi ard erm nds .·t see opy ash ,·b te( xsl s·p mma =·( dev ·ht lab d·c )·= .pa gme inv .js d:· bin slt ein ave
·ou a·c 00f vid ili ·'f ict d·f lex cif ,·( .ht tpu ywo ett eyw ·sy ·'c ryp fac ,·e blo /no ean ty· rie </l ta·
id_ rst &&· win ngs on, uld utp i>< ·=> ·ev vic urr 3,· fic ·!= d·w te_ ay· ich xce f·a .le ~~~
`
  .trim()
  .split(/\s/u)
  .map(part => part.replaceAll('·', ' '));
